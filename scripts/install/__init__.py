"""The installation of a checkout: system packages, the Python environment, the front end."""
