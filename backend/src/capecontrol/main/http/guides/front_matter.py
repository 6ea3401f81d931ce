"""What a guide's source says of itself, between two lines of three dashes at its head."""

from dataclasses import dataclass
from enum import StrEnum

_FENCE = "---\n"
_NAMES = ("title", "summary", "audience", "order")


class Audience(StrEnum):
    """Who a guide is written for."""

    CLIENT = "CLIENT"
    STAFF = "STAFF"
    OPERATOR = "OPERATOR"


class GuideMistaken(ValueError):
    """A guide's source cannot be published: a programming error, which the tests find."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The four things that a list of guides needs."""

    title: str
    summary: str
    audience: Audience
    order: int


def split_source(source: str) -> tuple[FrontMatter, str]:
    """Return what stands at the head of a source, and the Markdown below it.

    Raises:
        GuideMistaken: something is missing, unknown, or no such audience or number.
    """
    opening, _, rest = source.partition(_FENCE)
    head, fence, body = rest.partition(f"\n{_FENCE}")
    if opening or not fence:
        raise GuideMistaken("a guide begins with its front matter, between two lines of ---")
    lines = [line.partition(": ") for line in head.splitlines()]
    told = {name: value.strip() for name, _, value in lines}
    if sorted(told) != sorted(_NAMES) or len(lines) != len(_NAMES) or not all(told.values()):
        raise GuideMistaken(f"the front matter is {', '.join(_NAMES)}, each once")
    try:
        return FrontMatter(told["title"], told["summary"], Audience(told["audience"].upper()), int(told["order"])), body
    except ValueError as error:
        raise GuideMistaken(str(error)) from error
