"""Pure work on n8n workflow definitions: read a file, find what may vary, make it deployable."""
