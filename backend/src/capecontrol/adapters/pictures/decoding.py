"""Decoding and writing anew: what runs in the reader's process, within bounds that the system itself keeps."""

import io
import resource
import signal
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from PIL import Image, ImageOps

from capecontrol.adapters.pictures.kind import Kind
from capecontrol.core.pictures import Encoding, Picture, PictureForm, PictureRefused

#: More are not decoded: as RGBA they take 64 MB.
MEGAPIXELS_MAX = 16
#: What all of the process may take: three copies of the largest picture, beside the interpreter and its libraries.
MEMORY_MAX = 768 * 1024 * 1024
#: Ten times what the largest honest picture takes. The system counts, so that a busy machine refuses nobody.
CPU_SECONDS_MAX = 2.0
#: What ends the process when a picture has used its share, and nothing else does.
SLOW_SIGNAL = signal.SIGPROF
_DAMAGED = "This file is damaged or incomplete. Export it again."
#: The tag of EXIF that tells how the camera was held, and those of its values that lie on their side.
_ORIENTATION, _ON_ITS_SIDE = 0x0112, frozenset({5, 6, 7, 8})
#: From fine to coarse: the first that is small enough is taken.
_QUALITIES = (88, 80, 70, 60)
#: How much smaller a picture is made that is too many bytes at any quality.
_SHRINK = 0.8


def begin() -> None:
    """Bound the memory of this process."""
    # macOS lets nobody say so; there the number of pixels bounds it.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MAX, MEMORY_MAX))


def read(data: bytes, kind: Kind, form: PictureForm) -> Picture:
    """Return a picture decoded and written anew.

    Raises:
        PictureRefused: it cannot be.
    """
    try:
        with _bounded_cpu():
            return _written(_pixels(data, kind, form), form)
    except PictureRefused:
        raise
    except MemoryError:
        raise PictureRefused("This picture needs too much memory to open. Use a smaller one.") from None
    except Exception as error:
        # Pillow raises whatever comes of bytes that are not what they begin as: a dozen kinds of errors.
        raise PictureRefused(_DAMAGED) from error


@contextmanager
def _bounded_cpu() -> Iterator[None]:
    """End this process when the block has used its share: a decoder in C cannot be interrupted otherwise."""
    signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS_MAX)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _pixels(data: bytes, kind: Kind, form: PictureForm) -> Image.Image:
    """Return what is to be seen in a picture, upright and as small as was asked for, and nothing else of the file."""
    if kind == "WEBP":
        # Its reader makes room for all pixels before anybody can ask how many there are.
        _check_size(*_webp_size(data))
    with Image.open(io.BytesIO(data), formats=[kind]) as opened:
        _check_size(*opened.size)
        if getattr(opened, "is_animated", False):
            raise PictureRefused("Use a still picture. This one is animated.")
        box = form.width_max, form.height_max
        if opened.getexif().get(_ORIENTATION) in _ON_ITS_SIDE:
            box = form.height_max, form.width_max
        # First of all, so that every copy from here on is a small one. What has a palette has no colours to mix.
        small = opened.convert("RGBA") if opened.mode in ("1", "P", "PA") else opened
        small.thumbnail(box, Image.Resampling.LANCZOS)
        ImageOps.exif_transpose(small, in_place=True)
        shown = small.convert("RGBA" if small.has_transparency_data else "RGB")
    # Of its pixels alone: no profile, comment, position or thumbnail comes along.
    return Image.frombytes(shown.mode, shown.size, shown.tobytes())


def _written(pixels: Image.Image, form: PictureForm) -> Picture:
    """Return the file of a picture, smaller or coarser until it is as few bytes as were asked for."""
    while True:
        for data in _encoded(pixels, form.encoding):
            if len(data) <= form.size_max:
                return Picture(data, form.encoding, *pixels.size)
        width, height = (max(1, int(side * _SHRINK)) for side in pixels.size)
        pixels = pixels.resize((width, height), Image.Resampling.LANCZOS)


def _encoded(pixels: Image.Image, encoding: Encoding) -> Iterator[bytes]:
    """Yield the file of a picture, from fine to coarse."""
    for quality in _QUALITIES if encoding is Encoding.WEBP else (None,):
        written = io.BytesIO()
        if quality is None:
            pixels.save(written, "PNG", optimize=True)
        else:
            pixels.save(written, "WEBP", quality=quality, method=4)
        yield written.getvalue()


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
