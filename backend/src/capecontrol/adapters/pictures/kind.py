"""What a file is, by its first bytes: what it is called, and said to be, is not asked."""

from typing import Literal

from capecontrol.core.pictures import PictureRefused

Kind = Literal["PNG", "JPEG", "WEBP"]

_OFFER = "Use PNG, JPEG or WebP."
#: How far into a file its first tag is looked for.
_BEGINNING = 1024


def kind_of(data: bytes) -> Kind:
    """Return which kind of picture a file begins as.

    Raises:
        PictureRefused: it is none that is read here.
    """
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if not data:
        raise PictureRefused("This file is empty.", is_other_kind=True)
    if b"<svg" in data[:_BEGINNING].lower():
        raise PictureRefused(f"{_OFFER} SVG files can contain scripts and are not accepted.", is_other_kind=True)
    raise PictureRefused(f"{_OFFER} This file is none of them.", is_other_kind=True)
