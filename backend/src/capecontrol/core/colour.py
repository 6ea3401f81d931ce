"""Colours as ``#rrggbb``: their contrast, and what an accent colour makes of a page.

Luminance and contrast are WCAG 2.2's. The front end computes the same while somebody types; the vectors in
``tests/core/accents.json`` hold both to it.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

_COLOUR = re.compile(r"#[0-9a-f]{6}")
WHITE, BLACK = "#ffffff", "#000000"
#: What WCAG 2.2 asks of text (1.4.3) and of the parts of a control (1.4.11).
TEXT_MIN, CONTROL_MIN = 4.5, 3.0


@dataclass(frozen=True, slots=True)
class Scheme:
    """The colours of ours that an accent meets on light pages, or on dark ones."""

    name: str
    page: str
    card: str
    #: What is written on the accent, and how a sentence calls it.
    on_accent: str
    on_accent_name: str


#: The tokens of ``frontend/src/ui/tokens/tokens.css``.
LIGHT = Scheme("light", page="#f8fafc", card=WHITE, on_accent=WHITE, on_accent_name="White text")
DARK = Scheme("dark", page="#0f1319", card="#1d2229", on_accent="#081822", on_accent_name="Dark text")


@dataclass(frozen=True, slots=True)
class ContrastPair:
    """Two colours that stand on each other, what for, and what contrast that needs."""

    use: str
    contrast: float
    needed: float

    @property
    def is_enough(self) -> bool:
        """Tell whether everybody can read it."""
        return self.contrast >= self.needed

    @property
    def sentence(self) -> str:
        """Say what is measured: cut, not rounded, so that 4.48 is not told as the 4.5 that it is not."""
        found = math.floor(self.contrast * 10) / 10
        return f"{self.use} has a contrast of {found:.1f}; at least {self.needed:.1f} is needed."


@dataclass(frozen=True, slots=True)
class Accents:
    """What an accent colour makes of the pages of one scheme."""

    accent: str
    #: Below the pointer.
    hover: str
    on_accent: str
    #: A quiet surface of the colour, and what is written on it.
    soft: str
    on_soft: str


def is_colour(text: str) -> bool:
    """Tell whether a text is a colour as ``#rrggbb``, in small letters."""
    return _COLOUR.fullmatch(text) is not None


def luminance(colour: str) -> float:
    """Return the relative luminance, 0 to 1."""
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mixed(colour: str, other: str, percent: int) -> str:
    """Return a colour with so many per cent of another one in it."""
    parts = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{(100 * a + percent * (b - a) + 50) // 100:02x}" for a, b in parts)


def pairs(accent: str, scheme: Scheme) -> Iterator[ContrastPair]:
    """Yield what an accent has to be readable as."""
    yield ContrastPair(f"{scheme.on_accent_name} on {accent}", contrast(scheme.on_accent, accent), TEXT_MIN)
    for name, background in (("page", scheme.page), ("card", scheme.card)):
        ratio = contrast(accent, background)
        yield ContrastPair(f"A link in {accent} on a {scheme.name} {name}", ratio, TEXT_MIN)
        yield ContrastPair(f"A control in {accent} on a {scheme.name} {name}", ratio, CONTROL_MIN)


def dark_accent(accent: str) -> str:
    """Return the accent of dark pages that goes with one of light pages: as little white in it as makes it readable."""
    candidates = (mixed(accent, WHITE, percent) for percent in range(0, 101, 4))
    return next(one for one in candidates if all(pair.is_enough for pair in pairs(one, DARK)))


def accents(accent: str, scheme: Scheme) -> Accents:
    """Return what an accent makes of a scheme's pages."""
    away = BLACK if scheme is LIGHT else WHITE
    soft = mixed(scheme.card, accent, 10 if scheme is LIGHT else 20)
    written = (mixed(accent, away, percent) for percent in range(0, 101, 4))
    return Accents(
        accent=accent,
        hover=mixed(accent, away, 16),
        on_accent=scheme.on_accent,
        soft=soft,
        on_soft=next(one for one in written if contrast(one, soft) >= TEXT_MIN),
    )


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)
