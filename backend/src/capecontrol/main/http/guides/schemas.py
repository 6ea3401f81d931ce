"""What the index of the guides answers."""

from collections.abc import Iterable

from pydantic import Field

from capecontrol.core.http import ResponseBody
from capecontrol.main.http.guides.front_matter import Audience
from capecontrol.main.http.guides.guide import Guide


class GuideSection(ResponseBody):
    """A section of a guide."""

    heading: str = Field(description="The section's heading. Empty for the first section.")
    anchor: str = Field(description="The anchor in the page's address.")
    text: str = Field(description="The section's text.")


class GuideEntry(ResponseBody):
    """A guide. Its first section is the introduction and has no heading."""

    slug: str = Field(description="The guide's address below `/docs/`.")
    title: str = Field(description="The guide's title.")
    summary: str = Field(description="What the guide is about.")
    audience: Audience = Field(description="Who the guide is for.")
    sections: list[GuideSection] = Field(description="The guide's sections.")


class GuideIndex(ResponseBody):
    """All guides, in reading order."""

    guides: list[GuideEntry] = Field(description="The guides in reading order.")

    @classmethod
    def of(cls, guides: Iterable[Guide]) -> "GuideIndex":
        """Return the index of guides."""
        return cls(guides=[GuideEntry.model_validate(guide) for guide in guides])
