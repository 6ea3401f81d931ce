"""The list of ASVS requirements is whole, and what it names as evidence is there."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
DOCUMENT = (ROOT / "docs/reference/asvs.md").read_text()
#: The requirements of levels 1 and 2 of version 5.0.0, by section.
REQUIREMENTS = """
1.1:1-2 1.2:1-9 1.3:1-11 1.4:1-3 1.5:1-2 2.1:1-3 2.2:1-3 2.3:1-4 2.4:1 3.2:1-2 3.3:1-4 3.4:1-6
3.5:1-5 3.7:1-2 4.1:1-3 4.2:1 4.3:1-2 4.4:1-4 5.1:1 5.2:1-3 5.3:1-2 5.4:1-3 6.1:1-3 6.2:1-12 6.3:1-4
6.4:1-4 6.5:1-5 6.6:1-3 6.8:1-4 7.1:1-3 7.2:1-4 7.3:1-2 7.4:1-5 7.5:1-2 7.6:1-2 8.1:1-2 8.2:1-3
8.3:1 8.4:1 9.1:1-3 9.2:1-4 10.1:1-2 10.2:1-2 10.3:1-4 10.4:1-11 10.5:1-5 10.6:1-2 10.7:1-3 11.1:1-2
11.2:1-3 11.3:1-3 11.4:1-4 11.5:1 11.6:1 12.1:1-3 12.2:1-2 12.3:1-4 13.1:1 13.2:1-5 13.3:1-2
13.4:1-5 14.1:1-2 14.2:1-4 14.3:1-3 15.1:1-3 15.2:1-3 15.3:1-7 16.1:1 16.2:1-5 16.3:1-4 16.4:1-3
16.5:1-3 17.1:1 17.2:1-4 17.3:1-2
"""
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| .+ \| (.+) \|$", re.MULTILINE)
#: Beginnings of a last column that needs no test.
WITHOUT_TEST = (
    "n/a",
    "open: ",
    "partly: ",
    "relied upon",
    "by reading",
    "`make check`",
    "`docs/",
    "`deploy/",
    "`backend/",
    "`features/",
)
TEST = re.compile(r"`((?:tests|frontend)/[\w./-]+)(?:::(\w+))?`")


def numbers() -> Iterator[str]:
    for section, ranges in (word.split(":") for word in REQUIREMENTS.split()):
        for part in ranges.split(","):
            first, _, last = part.partition("-")
            yield from (f"{section}.{number}" for number in range(int(first), int(last or first) + 1))


def test_every_requirement_has_its_row_in_its_place() -> None:
    assert [number for number, _ in ROW.findall(DOCUMENT)] == list(numbers())


@pytest.mark.parametrize(("number", "shown"), ROW.findall(DOCUMENT))
def test_what_shows_it_is_there(number: str, shown: str) -> None:
    tests = TEST.findall(shown)
    assert tests or shown.startswith(WITHOUT_TEST), f"{number} names nothing that shows it"
    for path, name in tests:
        file = ROOT / path if path.startswith("frontend/") else ROOT / "backend" / path
        assert file.exists(), f"{number}: {path} is gone"
        assert f"def {name}(" in file.read_text() if name else True, f"{number}: {path} has no {name}"
