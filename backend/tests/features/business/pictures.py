"""Pictures that somebody might send."""

import io
import struct
import zlib

from PIL import Image
from PIL.PngImagePlugin import PngInfo


def picture(kind: str = "PNG", size: tuple[int, int] = (64, 32), colour: str = "#7a1f5c") -> bytes:
    """A small picture of one colour."""
    written = io.BytesIO()
    Image.new("RGB", size, colour).save(written, kind)
    return written.getvalue()


def animated(kind: str) -> bytes:
    """Two pictures in one file."""
    written = io.BytesIO()
    first, second = Image.new("RGB", (8, 8), "red"), Image.new("RGB", (8, 8), "blue")
    first.save(written, kind, save_all=True, append_images=[second])
    return written.getvalue()


def telling(text: str) -> bytes:
    """A PNG with a text in a comment and in its EXIF."""
    info = PngInfo()
    info.add_text("Comment", text)
    exif = Image.Exif()
    exif[0x010E] = text
    written = io.BytesIO()
    Image.new("RGB", (8, 8)).save(written, "PNG", pnginfo=info, exif=exif)
    return written.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A PNG of very many pixels in very few bytes: rows of zeros, over and over."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = zlib.compress(b"\0" * ((width // 8 + 1) * height), 9)
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def text_bomb() -> bytes:
    """A PNG with a comment that is ten megabytes when it is unpacked."""
    info = PngInfo()
    info.add_text("Comment", "a" * 10_000_000, zip=True)
    written = io.BytesIO()
    Image.new("RGB", (8, 8)).save(written, "PNG", pnginfo=info)
    return written.getvalue()


def many_scans(count: int = 500) -> bytes:
    """A progressive JPEG of few bytes that is gone over hundreds of times: nine seconds of work."""
    written = io.BytesIO()
    Image.new("RGB", (4000, 3900), "red").save(written, "JPEG", progressive=True)
    once = written.getvalue().removesuffix(b"\xff\xd9")
    return once + once[once.rindex(b"\xff\xda") :] * count + b"\xff\xd9"


def upright(orientation: int) -> bytes:
    """A JPEG of 60 by 10 pixels that was taken with the camera held in another way."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    written = io.BytesIO()
    Image.new("RGB", (60, 10), "red").save(written, "JPEG", exif=exif)
    return written.getvalue()


def webp_of(width: int, height: int) -> bytes:
    """The beginning of a WebP that says how large it is."""
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return b"RIFF" + (30).to_bytes(4, "little") + b"WEBPVP8X" + (10).to_bytes(4, "little") + b"\0" * 4 + size


def multipart(data: bytes) -> tuple[bytes, dict[str, str]]:
    """A file as a browser's form sends it: the body, and the header that says so."""
    head = b'--edge\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n'
    return head + data + b"\r\n--edge--\r\n", {"Content-Type": "multipart/form-data; boundary=edge"}
