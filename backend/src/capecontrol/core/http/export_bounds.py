"""How many exports there may be, for how long, and how slowly they may be read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExportBounds:
    """The bounds of a process's exports.

    Attributes:
        exports_max: how many it writes at once.
        per_organization_max: how many of them for the people of one organization.
        per_person_max: how many for one person.
        life_seconds: how long one may take in all.
        wait_seconds: how long one may wait for its reader in all, besides what the least pace allows.
        pace_bytes: how much a reader has to take in a second of waiting. A place is worth more than its reader's time:
            others are turned away meanwhile.
    """

    exports_max: int = 8
    per_organization_max: int = 4
    per_person_max: int = 2
    life_seconds: float = 30 * 60.0
    wait_seconds: float = 30.0
    pace_bytes: int = 32 * 1024
