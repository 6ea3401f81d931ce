"""The packages that the image installs."""

import re
import tomllib
from pathlib import Path

BACKEND = Path(__file__).parents[2]
NAME = re.compile(r"^[A-Za-z0-9._-]+")


def names(requirements: list[str]) -> set[str]:
    return {found[0].lower().replace("_", "-") for line in requirements if (found := NAME.match(line))}


def test_the_image_has_what_the_product_needs_and_nothing_that_only_a_local_run_does() -> None:
    project = tomllib.loads((BACKEND / "pyproject.toml").read_text())["project"]
    installed = names((BACKEND / "requirements" / "runtime.txt").read_text().splitlines())
    assert names(project["dependencies"]) - installed == set()
    assert names(project["optional-dependencies"]["local"]) & installed == set()


def test_every_package_is_pinned_with_its_hashes() -> None:
    for file in sorted((BACKEND / "requirements").glob("*.txt")):
        lines = file.read_text().splitlines()
        pins = [number for number, line in enumerate(lines) if NAME.match(line)]
        assert len(pins) > 30
        assert all("==" in lines[number] and "--hash=sha256:" in lines[number + 1] for number in pins), file.name
