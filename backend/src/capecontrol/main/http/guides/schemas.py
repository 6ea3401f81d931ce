"""What the index of the guides answers."""

from collections.abc import Iterable

from capecontrol.core.http import ResponseBody
from capecontrol.main.http.guides.front_matter import Audience
from capecontrol.main.http.guides.guide import Guide


class GuideSection(ResponseBody):
    """What stands under one heading."""

    heading: str
    anchor: str
    text: str


class GuideEntry(ResponseBody):
    """A guide. Its first section, without an anchor, begins with the summary and stands before the first heading."""

    slug: str
    title: str
    summary: str
    audience: Audience
    sections: list[GuideSection]


class GuideIndex(ResponseBody):
    """All guides, in reading order."""

    guides: list[GuideEntry]

    @classmethod
    def of(cls, guides: Iterable[Guide]) -> "GuideIndex":
        """Return the index of guides."""
        return cls(guides=[GuideEntry.model_validate(guide) for guide in guides])
