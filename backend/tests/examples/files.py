"""Where the examples lie: a file for each operation, in ``docs/api/examples``."""

from pathlib import Path

from tests.examples.example import Example

FOLDER = Path(__file__).parents[3] / "docs" / "api" / "examples"


def names() -> set[str]:
    """Return the operations that have one."""
    return {file.stem for file in FOLDER.glob("*.json")}


def forget(name: str) -> None:
    """Remove that of an operation that is gone."""
    (FOLDER / f"{name}.json").unlink()


def read(name: str) -> Example:
    """Return an operation's."""
    return Example.of_text((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def write(name: str, example: Example) -> None:
    """Write an operation's anew, unless the one that is there has its shape: it may have been edited by hand."""
    if name in names() and not read(name).differences(example):
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{name}.json").write_text(example.to_text(), encoding="utf-8")
