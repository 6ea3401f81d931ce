"""Activity: what people are told of a project or an organization."""
