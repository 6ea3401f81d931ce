"""The kinds of installation."""

from enum import StrEnum


class Environment(StrEnum):
    """Where an installation runs. Stand-ins and demo data exist in ``local`` and ``test`` only."""

    LOCAL = "local"
    TEST = "test"
    STAGING = "staging"
    PRODUCTION = "production"
