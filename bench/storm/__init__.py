"""A storm of sign-ins from one source, and whether others notice."""
