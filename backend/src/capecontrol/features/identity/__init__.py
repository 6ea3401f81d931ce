"""Identity: people, their sessions, and the tokens that prove both."""
