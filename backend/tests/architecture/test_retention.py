"""Nothing grows for ever without a reason: each table is in the reference of retention, with a job or with a cause."""

import re
from datetime import timedelta
from importlib import import_module
from pathlib import Path

from capecontrol.main.features import event_registry, metadata

REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "retention.md"
#: A period in words, at the beginning of a cell.
PERIOD = re.compile(r"(\d+) (day|minute)s?\b")


def _rows(heading: str) -> list[list[str]]:
    section = REFERENCE.read_text().split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in line.removeprefix("|").removesuffix("|").split("|")] for line in lines]


def _tables(heading: str) -> set[str]:
    return {name for row in _rows(heading) for name in re.findall(r"`(\w+)`", row[0])}


def test_each_table_is_deleted_from_or_kept_for_a_reason() -> None:
    tables = {table.name for table in metadata.sorted_tables}
    deleted, kept = _tables("What is deleted"), _tables("What is kept")
    assert sorted(tables - deleted - kept) == [], "say in docs/reference/retention.md what becomes of their rows"
    assert sorted((deleted | kept) - tables) == [], "these tables are gone"
    assert sorted(deleted & kept) == []
    assert all(reason for _, reason in _rows("What is kept"))


def test_each_period_is_that_of_the_code_and_each_job_runs() -> None:
    jobs = set(event_registry().schedule)
    for table, _what, after, place, job, reason in _rows("What is deleted"):
        assert job.strip("`") in {getattr(one, "name", one) for one in jobs}, f"{table}: no such job"
        assert reason, table
        if not place:
            continue
        module, _, name = place.strip("`").partition(":")
        period: timedelta = getattr(import_module(f"capecontrol.{module}"), name)
        told = PERIOD.match(after)
        assert told, f"{table}: begin with the period, such as '30 days'"
        assert timedelta(**{f"{told.group(2)}s": int(told.group(1))}) == period, table


def test_every_job_that_forgets_is_in_the_reference() -> None:
    names = {getattr(one, "name", one) for one in event_registry().schedule}
    forgetting = {name for name in names if ".forget_" in name or ".sweep_" in name}
    assert forgetting == {row[4].strip("`") for row in _rows("What is deleted")}
