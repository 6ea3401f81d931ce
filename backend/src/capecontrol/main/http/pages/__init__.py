"""The built front end, as it is sent."""
