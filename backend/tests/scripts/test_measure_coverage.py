"""`make coverage`: the floors, and what is critical."""

import importlib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture
def measure(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    return importlib.import_module("measure_coverage")


def report(*, covered: int, missing: list[list[int]]) -> dict[str, Any]:
    """What coverage says of one critical file with four branches, and of all lines."""
    summary = {"covered_branches": 4 - len(missing), "num_branches": 4}
    return {
        "totals": {"covered_lines": covered, "num_statements": 1000},
        "files": {
            "src/capecontrol/core/money.py": {"summary": summary, "missing_branches": missing},
            # Of no interest to the second floor, whatever its branches.
            "src/capecontrol/core/colour.py": {
                "summary": {"covered_branches": 0, "num_branches": 9},
                "missing_branches": [[1, 2]],
            },
        },
    }


@pytest.mark.parametrize(("covered", "is_reached"), [(900, True), (899, False)])
def test_nine_lines_of_ten_are_run(measure: ModuleType, covered: int, is_reached: bool) -> None:
    lines, *_ = measure.figures_of_back_end(report(covered=covered, missing=[]))
    assert (lines.part, lines.is_reached) == ("back end, lines", is_reached)


def test_every_branch_of_what_is_critical_is_taken(measure: ModuleType) -> None:
    whole = list(measure.figures_of_back_end(report(covered=1000, missing=[])))
    assert all(figure.is_reached for figure in whole)
    missed = {figure.part: figure for figure in measure.figures_of_back_end(report(covered=1000, missing=[[7, -3]]))}
    assert [part for part, figure in missed.items() if not figure.is_reached] == ["money, branches (1 files)"]
    assert missed["money, branches (1 files)"].missing == ("core/money.py:7 → its end",)


def test_what_is_critical_is_there(measure: ModuleType) -> None:
    """A pattern that finds nothing, since its file was renamed, would leave its branches out."""
    source = ROOT / "backend" / measure.SOURCE
    patterns = [pattern for part in measure.CRITICAL.values() for pattern in part]
    assert [pattern for pattern in patterns if not list(source.glob(pattern))] == []
    assert set(measure.CRITICAL) == {"sign-in and access", "money", "isolation"}


@pytest.mark.parametrize(("percent", "is_reached"), [(80.0, True), (79.99, False)])
def test_eight_lines_of_ten_of_the_front_end_are_run(measure: ModuleType, percent: float, is_reached: bool) -> None:
    assert measure.figure_of_front_end({"total": {"lines": {"pct": percent}}}).is_reached is is_reached
