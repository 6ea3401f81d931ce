"""Guides, and the sections that a search finds."""

from dataclasses import dataclass

from capecontrol.main.http.guides.front_matter import Audience


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading, as plain text.

    The first section of a guide is what stands before its first heading: its heading is the guide's title, its anchor
    is empty, and its text begins with the summary.
    """

    heading: str
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that the table of contents names."""

    level: int
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Guide:
    """One guide, rendered."""

    slug: str
    title: str
    summary: str
    audience: Audience
    html: str
    headings: tuple[Heading, ...]
    sections: tuple[Section, ...]

    @property
    def path(self) -> str:
        """Return its address."""
        return f"/docs/{self.slug}"
