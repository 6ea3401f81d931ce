"""The ledger outside: what the writers were told, and what arrived at the sink. Append-only, a line at a time."""

import os
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path


class Ledger:
    """Lines of ``<moment> <letter> <key> <words…>``.

    ``T`` about to ask, ``A`` acknowledged (with the id), ``R`` refused for certain, ``M`` a mail arrived (with its
    message id). A key with a T and neither A nor R is indeterminate: it may or may not have happened.
    """

    def __init__(self, path: Path) -> None:
        """Open for appending; each line is one write, so lines of several writers never mix."""
        self._descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._path = path
        self._arrived: set[str] = set()

    def note(self, letter: str, key: str, words: str = "", *, is_durable: bool = False) -> None:
        """Write a line; ``is_durable`` returns only when it is on the disk."""
        os.write(self._descriptor, f"{time.time():.3f} {letter} {key} {words}\n".encode())
        if is_durable:
            os.fsync(self._descriptor)
        if letter == "M":
            self._arrived.add(key)

    def has_arrived(self, key: str) -> bool:
        """Tell whether a mail of this key is there."""
        return key in self._arrived

    def read(self) -> "Account":
        """Return what the ledger says."""
        account = Account()
        for line in self._path.read_text().splitlines():
            _moment, letter, key, *words = line.split(" ")
            match letter:
                case "T":
                    account.tried[key] += 1
                case "A":
                    account.acknowledged[key] = words[0]
                case "R":
                    account.refused.add(key)
                case "M":
                    account.mails[key].append(words[0])
        return account


@dataclass
class Account:
    """The ledger, by key."""

    tried: Counter[str] = field(default_factory=Counter)
    acknowledged: dict[str, str] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    mails: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
