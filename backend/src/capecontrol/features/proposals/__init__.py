"""Proposals: what is offered for a project, in versions, until the client decides."""
