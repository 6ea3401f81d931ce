"""The port for pictures that people send: whatever came in, one clean PNG goes on."""

from dataclasses import dataclass
from typing import Protocol


class PictureRefused(Exception):
    """Carries a sentence for who sent the file. ``is_other_kind``: it is no picture that is read here."""

    def __init__(self, sentence: str, *, is_other_kind: bool = False) -> None:
        """Take the sentence."""
        super().__init__(sentence)
        self.sentence = sentence
        self.is_other_kind = is_other_kind


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG that we wrote ourselves: pixels, and nothing else that was in the file."""

    png: bytes
    width: int
    height: int


class PictureReader(Protocol):
    """Reads PNG, JPEG and WebP by their content. What the file is called, and said to be, is not asked."""

    async def read(self, data: bytes, *, width_max: int, height_max: int) -> Picture:
        """Return the picture of a file, made smaller where it is larger than asked for.

        Raises:
            PictureRefused: it is another kind of file, damaged, animated, or has too many pixels to be decoded.
        """
        ...
