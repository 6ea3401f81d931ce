"""Pure work on n8n workflow files: read one, find what may vary, make a deployable definition of it."""
