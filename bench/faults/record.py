"""What the clients of a run were answered."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Record:
    """Counts for the report.

    ``acknowledged``: the ledger's keys of what was, so that what was told twice counts once. ``surprises``: answers
    that are neither success nor "come again".
    """

    acknowledged: set[str] = field(default_factory=set)
    paid: int = 0
    answers: Counter[int | str] = field(default_factory=Counter)
    surprises: list[str] = field(default_factory=list)
