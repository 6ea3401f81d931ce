"""The business that runs this installation, as its own people see it."""
