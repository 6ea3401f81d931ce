"""Markdown, read and rendered: headings with anchors, links that resolve, and no markup but its own."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from capecontrol.main.http.guides.front_matter import GuideMistaken
from capecontrol.main.http.guides.guide import Heading, Section

#: Without HTML: what looks like a tag is shown as text. Apostrophes are shown as the pages write them; double quotes
#: stay as they are, since messages of the database are quoted with theirs.
_PARSER = MarkdownIt("commonmark", {"html": False, "typographer": True, "quotes": '""‘’'}).enable(
    ["table", "smartquotes"]
)
_LEVELS = {"h2": 2, "h3": 3}
_STOPS = (".", ":", ";", ",", "?")
_NO_ANCHOR = re.compile(r"[^\w\- ]")


@dataclass(frozen=True, slots=True)
class Document:
    """A source as the parser understands it, before its links are resolved."""

    tokens: Sequence[Token]
    headings: tuple[Heading, ...]

    def render(self, resolve: Callable[[str], str]) -> str:
        """Return its HTML.

        Args:
            resolve: returns the address that a link leads to, given as the source has it.
        """
        for token in self._inline():
            if token.type == "link_open":
                token.attrSet("href", resolve(str(token.attrGet("href"))))
        html: str = _PARSER.renderer.render(self.tokens, _PARSER.options, {})
        # What is wider than a phone scrolls by itself, by keyboard too.
        return (
            html.replace("<pre>", '<pre tabindex="0">')
            .replace("<table>", '<div class="table" role="group" aria-label="Table" tabindex="0">\n<table>')
            .replace("</table>", "</table>\n</div>")
        )

    def sections(self, title: str, summary: str) -> tuple[Section, ...]:
        """Return the text under each heading; what stands before the first one is under the title."""
        found = [(title, "", [summary])]
        headings = iter(self.headings)
        is_heading = False
        for token in self.tokens:
            if token.type == "heading_open":
                heading = next(headings)
                found.append((heading.text, heading.anchor, []))
                is_heading = True
            elif token.type == "heading_close":
                is_heading = False
            elif text := "" if is_heading else _text_of(token):
                found[-1][2].append(text)
        return tuple(Section(heading, anchor, _joined(texts)) for heading, anchor, texts in found)

    def _inline(self) -> Iterator[Token]:
        for token in self.tokens:
            yield from token.children or ()


def read_markdown(source: str) -> Document:
    """Return a source as a document.

    Raises:
        GuideMistaken: a heading of another level than two or three (the title is the first), or two alike.
    """
    tokens = _PARSER.parse(source)
    headings: list[Heading] = []
    for opening, content in pairwise(tokens):
        if opening.type != "heading_open":
            continue
        text = _text_of(content)
        if opening.tag not in _LEVELS:
            raise GuideMistaken(f"“{text}” is a heading of the wrong level: ## and ### are taken")
        anchor = _NO_ANCHOR.sub("", text.lower()).replace(" ", "-")
        if any(other.anchor == anchor for other in headings):
            raise GuideMistaken(f"two headings read “{text}”")
        opening.attrSet("id", anchor)
        headings.append(Heading(_LEVELS[opening.tag], anchor, text))
    return Document(tokens, tuple(headings))


def _joined(texts: Iterable[str]) -> str:
    """Return paragraphs, items and cells as one text, in which it shows where one without a full stop ends."""
    text = ""
    for one in texts:
        text += f"{' ' if text.endswith(_STOPS) else ' · '}{one}" if text else one
    return text


def _text_of(token: Token) -> str:
    if token.type == "fence":
        return " ".join(token.content.split())
    shown = (" " if child.type in ("softbreak", "hardbreak") else child.content for child in token.children or ())
    return " ".join("".join(shown).split())
