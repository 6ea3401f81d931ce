"""Live pages: one stream a browser, which says what changed."""
