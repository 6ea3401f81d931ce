"""Words for what was recorded, made of some members of its data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Generic, TypeVar

#: What is kept for the wording: numbers and names, never a secret.
Data = Mapping[str, object]
TextT = TypeVar("TextT", str, str | None)


@dataclass(frozen=True, slots=True)
class Wording(Generic[TextT]):
    """Words made of some members of a record's data; ``say`` is handed these and no others.

    Rows of an older release may lack any of them.
    """

    members: frozenset[str]
    say: Callable[[Data], TextT]

    def __call__(self, data: Data) -> TextT:
        """Return the words for an entry's data."""
        return self.say({name: value for name, value in data.items() if name in self.members})


Title = Wording[str]


class _Members(dict[str, object]):
    """A record's data; what an older release did not keep reads as an ellipsis."""

    def __missing__(self, name: str) -> str:
        return "…"


def phrase(template: str) -> Title:
    """Return the wording of a template that names members of the data: ``Version {version} was sent``."""
    named = frozenset(name for _, name, _, _ in Formatter().parse(template) if name is not None)
    return Wording(named, lambda data: template.format_map(_Members(data)))
