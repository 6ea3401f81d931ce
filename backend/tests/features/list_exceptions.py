"""The reviewed exceptions of lists, of the operations: what a list lacks that the others have, and why.

They stand with those of the pages in one file, ``docs/reference/list-exceptions.json``.
"""

import json
from collections.abc import Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = Path(__file__).parents[3] / "docs" / "reference" / "list-exceptions.json"
_OPERATIONS: Mapping[str, Any] = json.loads(FILE.read_text())["operations"]


@dataclass(frozen=True, slots=True)
class SortedEachTime:
    """Orders of a list that no index has, so that all its rows are read and sorted for each page."""

    orders: Set[str]
    because: str


#: Lists that are not searched by text (``q``).
NOT_SEARCHED: Mapping[str, str] = _OPERATIONS["without_search"]
#: Lists that cannot be narrowed.
NOT_FILTERED: Mapping[str, str] = _OPERATIONS["without_filters"]
#: Lists that cannot be saved as a file.
NOT_EXPORTED: Mapping[str, str] = _OPERATIONS["without_export"]
SORTED: Mapping[str, SortedEachTime] = {
    name: SortedEachTime(set(reviewed["orders"]), reviewed["because"])
    for name, reviewed in _OPERATIONS["sorted_each_time"].items()
}
