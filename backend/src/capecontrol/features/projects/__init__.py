"""Projects: the work that is done for an organization."""
