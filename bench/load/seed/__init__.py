"""The data of a large installation, drawn with stable dice by SQL."""
