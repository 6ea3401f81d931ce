"""Persistence: models' base, scopes, the database, the DAO base, isolation policies."""
