"""Compressed bodies: opened piece by piece, so that a small one that would become a huge one never does."""

import zlib

from capecontrol.core.problems import Malformed, TooLarge

#: gzip, and nothing that zlib would also take for it.
_GZIP_WINDOW = 16 + zlib.MAX_WBITS
#: More than any client writes; RFC 1952 allows several.
MEMBERS_MAX = 100


def gunzip(compressed: bytes, size_max: int) -> bytes:
    """Return what a gzip body holds (RFC 1952: one member or several).

    Raises:
        TooLarge: it would become more than so many bytes.
        Malformed: it is no gzip, or it is cut off.
    """
    pieces: list[bytes] = []
    room, rest = size_max, compressed
    while rest:
        opener = zlib.decompressobj(_GZIP_WINDOW)
        try:
            piece = opener.decompress(rest, room + 1)
        except zlib.error:
            raise Malformed("The body isn't valid gzip.") from None
        room -= len(piece)
        if room < 0:
            raise TooLarge(f"Send at most {size_max} bytes, uncompressed.")
        if not opener.eof:
            raise Malformed("The body isn't valid gzip.")
        pieces.append(piece)
        # Each further member copies the rest: thousands of empty ones would take seconds.
        if len(pieces) > MEMBERS_MAX:
            raise Malformed(f"The body has more than {MEMBERS_MAX} gzip members.")
        rest = opener.unused_data
    return b"".join(pieces)
