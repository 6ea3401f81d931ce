"""All rows: those of every ``operations.py`` below ``tests``. A new feature's file is found by its name."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path

from tests.security.row import MachineRow, Row

_TESTS = Path(__file__).parents[1]


def _written() -> Iterator[Row | MachineRow]:
    for file in sorted(_TESTS.glob("**/operations.py")):
        yield from import_module(".".join(("tests", *file.relative_to(_TESTS).with_suffix("").parts))).ROWS


def _by_operation() -> Mapping[str, Row | MachineRow]:
    found: dict[str, Row | MachineRow] = {}
    for row in _written():
        assert row.operation not in found, f"{row.operation} has two rows"
        found[row.operation] = row
    return found


EVERY_ROW = _by_operation()
ROWS = {name: row for name, row in EVERY_ROW.items() if isinstance(row, Row)}
MACHINE_ROWS = {name: row for name, row in EVERY_ROW.items() if isinstance(row, MachineRow)}
