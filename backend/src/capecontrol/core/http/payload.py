"""Bodies that were parsed and not judged."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Payload:
    """A body, parsed and not judged: JSON values, one or several."""

    media_type: str
    value: object

    @property
    def items(self) -> list[object]:
        """Return what was sent, one by one: the members of an array, the lines of a stream, or the one value."""
        return list(self.value) if isinstance(self.value, list) else [self.value]
