"""The commands of a guide, to be followed to the letter."""

import re
import textwrap
from pathlib import Path

GUIDES = Path(__file__).parents[3] / "docs" / "guides"
BLOCK = re.compile(r"^ *```(\w+)\n(.*?)^ *```", re.DOTALL | re.MULTILINE)


def commands(guide: str, heading: str, language: str) -> list[str]:
    """Return the blocks of one language under one heading, in their order."""
    section = re.search(
        rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", (GUIDES / guide).read_text(), re.DOTALL | re.MULTILINE
    )
    assert section, f"{guide} has no heading {heading!r}"
    return [textwrap.dedent(block) for found, block in BLOCK.findall(section[1]) if found == language]
