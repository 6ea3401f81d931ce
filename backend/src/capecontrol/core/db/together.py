"""Several reads in one round trip: what each would ask becomes one statement, and each goes on with its own rows."""

import re
from collections.abc import Coroutine, Generator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeVar

R = TypeVar("R")
#: What reads by asking with prepared statements, once it is awaited.
Read = Coroutine[Any, Any, R]
#: A row as the driver gives it: its values in their order.
Row = Sequence[Any]
#: Around a statement, which may end with a remark. Its rows become an array, in their order.
_BEFORE_PART, _AFTER_PART = "array(select part from (\n", "\n) as part)"
_PARAMETER = re.compile(r"\$(\d+)")


class AskedOtherwise(RuntimeError):
    """Something else than a prepared read was awaited among reads that are asked together: a programming error."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a read would ask. Awaited, it gives the rows, once somebody has asked for all."""

    text: str
    values: Sequence[object]
    only_reads: bool = False

    def __await__(self) -> Generator["Question", list[Row], list[Row]]:
        """Leave the question to whoever goes through the reads."""
        return (yield self)


@dataclass(slots=True)
class Reads:
    """Reads on their way: each asks, waits for its rows, and may then ask again."""

    reads: Sequence[Read[Any]]
    results: dict[int, Any] = field(default_factory=dict)
    questions: dict[int, Question] = field(default_factory=dict)

    def begin(self) -> None:
        """Let each ask its first question.

        Raises:
            AskedOtherwise: one awaits something else.
        """
        for place in range(len(self.reads)):
            self._go_on(place, None)

    def answer(self, answers: Sequence[list[Row]]) -> None:
        """Give each that waits its rows, in the order of the questions, and let it go on.

        Raises:
            AskedOtherwise: one awaits something else.
        """
        asked, self.questions = self.questions, {}
        for place, rows in zip(asked, answers, strict=True):
            self._go_on(place, rows)

    def close(self) -> None:
        """End those that were left on their way."""
        for read in self.reads:
            read.close()

    def _go_on(self, place: int, rows: list[Row] | None) -> None:
        try:
            question = self.reads[place].send(rows)
        except StopIteration as end:
            self.results[place] = end.value
            return
        if not isinstance(question, Question):
            raise AskedOtherwise("only prepared reads can be asked together")
        self.questions[place] = question


def joined(questions: Sequence[Question]) -> Question:
    """Return the one question that has the answers of several: an array of rows for each."""
    parts = tuple((question.text, len(question.values)) for question in questions)
    values = [value for question in questions for value in question.values]
    return Question(_joined(parts), values, all(question.only_reads for question in questions))


@lru_cache(maxsize=200)
def _joined(parts: tuple[tuple[str, int], ...]) -> str:
    arrays, before = [], 0
    for text, count in parts:
        arrays.append("".join((_BEFORE_PART, _moved(text, before), _AFTER_PART)))
        before += count
    return " ".join(("select", ", ".join(arrays)))


def _moved(text: str, places: int) -> str:
    """Return a statement whose parameters have so many others before them."""
    return _PARAMETER.sub(lambda found: f"${int(found[1]) + places}", text)
