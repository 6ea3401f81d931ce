"""The reference of the API: the document, and the page that is written from it."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

from markdown_it import MarkdownIt

from capecontrol.core.http.fixed_answer import FixedAnswer
from capecontrol.core.templating import templates
from capecontrol.main.http.reference.outline import Outline

#: Descriptions are Markdown (OpenAPI 3.1, 4.8.1.1) of our own code's; HTML in them stays text.
_MARKDOWN = MarkdownIt("commonmark", {"html": False})
_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'"


class Reference:
    """Writes both once for each process, beside the event loop: it takes a second, and anybody may ask for them."""

    def __init__(self, describe: Callable[[], dict[str, Any]]) -> None:
        """Take what returns the OpenAPI document, when all routes are there."""
        self._describe = describe
        self._turn = asyncio.Lock()
        self._written: dict[Callable[[dict[str, Any]], FixedAnswer], FixedAnswer] = {}

    async def document(self) -> FixedAnswer:
        """Return the document."""
        return await self._once(_document)

    async def page(self) -> FixedAnswer:
        """Return the page."""
        return await self._once(_page)

    async def _once(self, write: Callable[[dict[str, Any]], FixedAnswer]) -> FixedAnswer:
        if write not in self._written:
            async with self._turn:
                if write not in self._written:
                    self._written[write] = await asyncio.to_thread(lambda: write(self._describe()))
        return self._written[write]


def _document(document: dict[str, Any]) -> FixedAnswer:
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return FixedAnswer(text.encode(), "application/json")


def _page(document: dict[str, Any]) -> FixedAnswer:
    html = (
        templates("capecontrol.main.http.reference", "")
        .get_template("page.html")
        .render(
            chapters=Outline(document).chapters(),
            version=document["info"]["version"],
            description=document["info"]["description"],
            paragraphs=_paragraphs,
            line=_line,
        )
    )
    return FixedAnswer(html.encode(), "text/html", {"Content-Security-Policy": _POLICY})


def _paragraphs(text: str) -> str:
    """Return a description of several paragraphs as HTML."""
    return str(_MARKDOWN.render(text))


def _line(text: str) -> str:
    """Return a description of one line as HTML."""
    return str(_MARKDOWN.renderInline(text))
