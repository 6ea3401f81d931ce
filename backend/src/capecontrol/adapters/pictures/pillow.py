"""Fulfils ``PictureReader`` with Pillow."""

import asyncio
import io
import struct
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from PIL import Image, ImageFile, ImageOps

from capecontrol.core.pictures import Picture, PictureRefused

#: More are not decoded: as RGBA they take 64 MB.
MEGAPIXELS_MAX = 16
_OFFER = "Use PNG, JPEG or WebP."
_DAMAGED = "This file is damaged or incomplete. Export it again."
#: What Pillow raises of files that are not what they begin as.
_OF_DAMAGE = (OSError, ValueError, SyntaxError, EOFError, IndexError, struct.error, Image.DecompressionBombError)
#: How far into a file its first tag is looked for.
_BEGINNING = 1024


class PillowReader:
    """Reads one picture at a time in a thread: decoding lets go of the interpreter's lock, and its size is bounded."""

    def __init__(self) -> None:
        """Start nothing yet: the thread starts with the first picture."""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="pictures")

    async def read(self, data: bytes, *, width_max: int, height_max: int) -> Picture:
        """Decode and write anew."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, _read, data, width_max, height_max)


def _read(data: bytes, width_max: int, height_max: int) -> Picture:
    kind = _kind_of(data)
    try:
        if kind == "WEBP":
            # Its reader makes room for all pixels before anybody can ask how many there are.
            _check_size(*_webp_size(data))
        with Image.open(io.BytesIO(data), formats=[kind]) as opened:
            _check_size(*opened.size)
            if getattr(opened, "is_animated", False):
                raise PictureRefused("Use a still picture. This one is animated.")
            with _whole_pictures():
                opened.load()
            # As a camera was held, which is told in what does not go on.
            upright = ImageOps.exif_transpose(opened).convert("RGBA")
    except _OF_DAMAGE as error:
        raise PictureRefused(_DAMAGED) from error
    # Of its pixels alone: no profile, comment, position or thumbnail comes along.
    clean = Image.frombytes("RGBA", upright.size, upright.tobytes())
    clean.thumbnail((width_max, height_max), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    clean.save(written, "PNG", optimize=True)
    return Picture(written.getvalue(), *clean.size)


@contextmanager
def _whole_pictures() -> Iterator[None]:
    """Take no half of a picture for the whole: WeasyPrint switches that on for all of a process that imports it."""
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _kind_of(data: bytes) -> str:
    """Return what a file is by its first bytes."""
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


def _webp_size(data: bytes) -> tuple[int, int]:
    """Return width and height as the first chunk of a WebP tells them (RFC 9649, 2.5 to 2.7)."""
    match data[12:16]:
        case b"VP8X":
            return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
        case b"VP8L":
            (bits,) = struct.unpack_from("<I", data, 21)
            return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
        case _:
            width, height = struct.unpack_from("<HH", data, 26)
            return width & 0x3FFF, height & 0x3FFF


def _check_size(width: int, height: int) -> None:
    if width * height > MEGAPIXELS_MAX * 1_000_000:
        megapixels = round(width * height / 1_000_000)
        raise PictureRefused(f"This picture has {megapixels} megapixels. Use one of at most {MEGAPIXELS_MAX}.")
