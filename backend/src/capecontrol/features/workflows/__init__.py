"""Workflows: n8n environments, templates, what is deployed for a project, and what ran."""
