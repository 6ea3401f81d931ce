"""Search: what matters now, on one page, for staff and for clients."""
