"""The guides' pages."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import NamedTuple

from capecontrol.core.http.fixed_answer import FixedAnswer
from capecontrol.core.templating import templates
from capecontrol.main.http.guides.front_matter import Audience
from capecontrol.main.http.guides.library import Library
from capecontrol.main.http.guides.schemas import GuideIndex
from capecontrol.main.http.guides.search import Search

_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_AUDIENCES = {
    Audience.CLIENT: "For clients",
    Audience.STAFF: "For staff",
    Audience.OPERATOR: "Running CapeControl",
}
#: A query is shown again, but not a book.
_SHOWN_MAX = 200


class Look(NamedTuple):
    """What the front end's build has for pages that the server writes: the address of a style, and fonts."""

    style: str | None
    fonts: tuple[str, ...]


class GuidePages:
    """Writes each page once for each process and build; only searches are written for who asks."""

    def __init__(self, library: Library, look: Callable[[], Look]) -> None:
        """Take the guides, and what returns the look of the present build."""
        self._library = library
        self._look = look
        self._written: _Written | None = None

    @cached_property
    def document(self) -> FixedAnswer:
        """Return what a page needs to search by itself."""
        return FixedAnswer(GuideIndex.of(self._library.guides).model_dump_json().encode(), "application/json")

    def index(self) -> FixedAnswer:
        """Return the list of all guides."""
        return self._current().index

    def results(self, query: str) -> FixedAnswer:
        """Return what a search finds."""
        return self._current().page("index.html", query=query[:_SHOWN_MAX], found=self._search.find(query))

    def guide(self, slug: str) -> FixedAnswer:
        """Return a guide, or the page that says that there is none."""
        written = self._current()
        return written.guides.get(slug, written.missing)

    @cached_property
    def _search(self) -> Search:
        return Search(self._library.guides)

    def _current(self) -> "_Written":
        look = self._look()
        if self._written is None or self._written.look != look:
            self._written = _Written(self._library, look)
        return self._written


class _Written:
    """The pages, in one look."""

    def __init__(self, library: Library, look: Look) -> None:
        self.look = look
        self._by_audience = library.by_audience()
        self._templates = templates("capecontrol.main.http.guides", "")

    @cached_property
    def index(self) -> FixedAnswer:
        return self.page("index.html", query="", found=None)

    @cached_property
    def missing(self) -> FixedAnswer:
        return self.page("missing.html", status=404)

    @cached_property
    def guides(self) -> Mapping[str, FixedAnswer]:
        pages: dict[str, FixedAnswer] = {}
        for guides in self._by_audience.values():
            for previous, guide, following in zip((None, *guides), guides, (*guides[1:], None), strict=False):
                pages[guide.slug] = self.page("guide.html", guide=guide, previous=previous, following=following)
        return pages

    def page(self, template: str, status: int = 200, **context: object) -> FixedAnswer:
        html = self._templates.get_template(template).render(
            look=self.look, audiences=_AUDIENCES, guides=self._by_audience, **context
        )
        return FixedAnswer(html.encode(), "text/html", {"Content-Security-Policy": _POLICY}, status)
