"""A search over the guides: every word counts, as a beginning, whatever its accents; best first.

The page ``/help`` searches the same way in the browser (``lib/guides/search-guides.ts``); both are held to
``tests/main/guides/searches.json``.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from capecontrol.main.http.guides.guide import Guide, Section

#: What a question is longer by, and nothing is found by.
_FILLERS = frozenset(
    re.findall(
        r"\w+",
        "a an and are at be by can cannot do does for from get how i if in is it my of on or the this to we what when "
        "where which who why will with you your",
    )
)
_TITLE, _HEADING, _TEXT = 100, 10, 1
#: A whole word is worth more than the beginning of one.
_WHOLE = 2
_WORDS_MAX = 8
_QUERY_MAX = 200
_FOUND_MAX = 12
_FOUND_MAX_OF_A_GUIDE = 3
_EXCERPT_BEFORE, _EXCERPT_MAX = 60, 180
# "e-mail" is a word, and so are its parts.
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_PART = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of an excerpt, and whether it is what was looked for."""

    text: str
    is_hit: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A section that a search found."""

    guide: Guide
    section: Section
    excerpt: tuple[Part, ...]

    @property
    def path(self) -> str:
        """Return its address."""
        return f"{self.guide.path}#{self.section.anchor}" if self.section.anchor else self.guide.path


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    folded: str


class Search:
    """Searches guides, whose words it takes apart once."""

    def __init__(self, guides: Iterable[Guide]) -> None:
        """Take the guides, in their order."""
        self._sections = [_Indexed(guide, section) for guide in guides for section in guide.sections]

    def find(self, query: str) -> list[Found]:
        """Return the sections that hold all words of a query, best first: by title, then heading, then text."""
        words = words_of(query)
        if not words:
            return []
        scored = [(section.score(words), section) for section in self._sections]
        # Sorting is stable: among equals the order of the guides holds.
        best = sorted((one for one in scored if one[0]), key=lambda one: -one[0])
        found: list[Found] = []
        for _, section in best:
            if sum(other.guide is section.guide for other in found) < _FOUND_MAX_OF_A_GUIDE:
                found.append(Found(section.guide, section.section, section.excerpt(words)))
        return found[:_FOUND_MAX]


class _Indexed:
    """A section with its words."""

    def __init__(self, guide: Guide, section: Section) -> None:
        self.guide = guide
        self.section = section
        self._text = _split(section.text)
        self._heading = _split(section.heading) if section.anchor else []
        self._title = _split(guide.title)

    def score(self, words: Sequence[str]) -> int:
        """Return how well a section fits; nothing where one of the words is missing.

        The title counts for the guide's first section only: else each of its sections would come before others' texts.
        """
        title = 0 if self.section.anchor else _TITLE
        total = 0
        for word in words:
            worth = [
                weight * (_WHOLE if one.folded == word else 1)
                for weight, field in ((title, self._title), (_HEADING, self._heading), (_TEXT, self._text))
                for one in field
                if one.folded.startswith(word)
            ]
            if not worth:
                return 0
            total += max(worth)
        return total

    def excerpt(self, words: Sequence[str]) -> tuple[Part, ...]:
        """Return some of the text around the first hit, cut at words."""
        text = self.section.text
        hits = [one for one in self._text if one.folded.startswith(tuple(words))]
        around = (hits[0].start if hits else 0) - _EXCERPT_BEFORE
        start = min((one.start for one in self._text if one.start >= around), default=0) if around > 0 else 0
        ends = [one.end for one in self._text if one.end <= start + _EXCERPT_MAX]
        end = len(text) if len(text) <= start + _EXCERPT_MAX else max(ends, default=start + _EXCERPT_MAX)
        parts: list[Part] = []
        at = start
        for hit in hits:
            if at <= hit.start and hit.end <= end:
                parts += [Part(text[at : hit.start], is_hit=False), Part(text[hit.start : hit.end], is_hit=True)]
                at = hit.end
        parts.append(Part(text[at:end], is_hit=False))
        leading = [Part("… ", is_hit=False)] if start else []
        trailing = [Part(" …", is_hit=False)] if end < len(text) else []
        return tuple(part for part in (*leading, *parts, *trailing) if part.text)


def words_of(query: str) -> list[str]:
    """Return what a query looks for: its words without accents and capitals, and without what questions begin with."""
    composed = unicodedata.normalize("NFC", query[:_QUERY_MAX])
    words = list(dict.fromkeys(_joined(match[0]) for match in _WORD.finditer(composed)))[:_WORDS_MAX]
    return [word for word in words if word not in _FILLERS] or words


def _split(text: str) -> list[_Word]:
    words: list[_Word] = []
    for match in _WORD.finditer(text):
        words.append(_Word(match.start(), match.end(), _joined(match[0])))
        parts = list(_PART.finditer(match[0]))
        if len(parts) > 1:
            words += [_Word(match.start() + one.start(), match.start() + one.end(), _joined(one[0])) for one in parts]
    return words


def _joined(word: str) -> str:
    """Return a word without accents, capitals and what joins its parts."""
    plain = (one for one in unicodedata.normalize("NFD", word) if not unicodedata.category(one).startswith("M"))
    return "".join(_PART.findall("".join(plain))).lower()
