"""Stamps: small files that say from what something was made, so that it is made again only when that changes."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from install.checkout import ROOT


def digest_of(paths: Iterable[Path]) -> str:
    """Hash names and contents, in hex."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def says(path: Path, text: str) -> bool:
    """Tell whether the file is there with exactly this text."""
    try:
        return path.read_text() == text
    except OSError:
        return False


def keep(path: Path, text: str) -> None:
    """Write the file in one step, unless it says that already."""
    if not says(path, text):
        temporary = path.with_name(path.name + ".new")
        temporary.write_text(text)
        temporary.replace(path)
