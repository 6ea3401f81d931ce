"""Pictures that people send, read with Pillow."""
