"""Persistence: models' base, scopes, the database, the DAO base."""
