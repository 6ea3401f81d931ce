"""The port for pictures that people send: whatever came in, one clean picture goes on."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class PictureRefused(Exception):
    """Carries a sentence for who sent the file. ``is_other_kind``: it is no picture that is read here."""

    def __init__(self, sentence: str, *, is_other_kind: bool = False) -> None:
        """Take the sentence."""
        super().__init__(sentence)
        self.sentence = sentence
        self.is_other_kind = is_other_kind


class PictureReaderFailed(Exception):
    """The picture could not be read by no fault of its own; trying again later may help."""


class Encoding(StrEnum):
    """How a picture goes on: what mail programs and documents show, or what is small on pages."""

    PNG = "png"
    WEBP = "webp"

    @property
    def media_type(self) -> str:
        """Return what it is called in HTTP."""
        return f"image/{self.value}"


@dataclass(frozen=True, slots=True)
class PictureForm:
    """What becomes of a picture: pixels at most, kept in proportion, and bytes at most."""

    width_max: int
    height_max: int
    size_max: int
    encoding: Encoding


@dataclass(frozen=True, slots=True)
class Picture:
    """A file that we wrote ourselves: pixels, and nothing else that was in what came."""

    data: bytes
    encoding: Encoding
    width: int
    height: int


class PictureReader(Protocol):
    """Reads PNG, JPEG and WebP by their content. What the file is called, and said to be, is not asked."""

    async def read(self, data: bytes, form: PictureForm) -> Picture:
        """Return the picture of a file in the form that is asked for.

        Raises:
            PictureRefused: it is another kind of file, damaged, animated, has too many pixels, or is made to be slow.
            PictureReaderFailed: we could not read it.
        """
        ...
