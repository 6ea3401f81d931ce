"""What changed: a note beside each act, from which open pages learn that what they show is old."""
