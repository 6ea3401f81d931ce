"""The address of the database, as people write it and as our driver takes it."""


def with_driver(value: str) -> str:
    """Return the usual spelling of a PostgreSQL address with our driver in it; any other text as it is."""
    for prefix in ("postgres://", "postgresql://"):
        if value.startswith(prefix):
            return "postgresql+asyncpg://" + value.removeprefix(prefix)
    return value
