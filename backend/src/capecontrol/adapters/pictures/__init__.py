"""Pictures that people send, read with Pillow in a process of its own."""
