"""The node types that the local n8n runs, one file each."""
