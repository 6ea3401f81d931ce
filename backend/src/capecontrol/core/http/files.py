"""Files in answers: stored or just made, always something to save."""

import re
from collections.abc import Awaitable
from typing import Any
from urllib.parse import quote

from starlette.responses import Response

from capecontrol.core.documents import MEDIA_TYPE
from capecontrol.core.pictures import Encoding
from capecontrol.core.problems import NotFound, Unavailable
from capecontrol.core.storage import ObjectMissing, ObjectStorage, StorageError

_PLAIN_NAME = re.compile(r"[A-Za-z0-9._() -]+")

#: What an operation that answers a PDF declares (``responses=``).
PDF_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {"description": "The PDF file.", "content": {MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}}}
}


def attachment_headers(filename: str) -> dict[str, str]:
    """Return the headers of a file to save under a name (RFC 6266), which may hold any character.

    Files belong to whom they were made for: no cache keeps them, the browser's included.
    """
    is_plain = _PLAIN_NAME.fullmatch(filename) is not None
    named = f'filename="{filename}"' if is_plain else f"filename*=UTF-8''{quote(filename, safe='')}"
    return {"Content-Disposition": f"attachment; {named}", "Cache-Control": "private, no-store"}


def file_response(data: bytes, *, filename: str, media_type: str) -> Response:
    """Answer bytes as a file to save."""
    return Response(data, media_type=media_type, headers=attachment_headers(filename))


#: Of a file that anybody may be shown. Pages and mails show it as a picture; opened by its address, it is something to
#: save, and whatever it held could do nothing. What an address shows never changes, since it names the content.
_SHOWN = {
    "Content-Disposition": "attachment",
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "Cache-Control": "public, max-age=31536000, immutable",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


def picture_responses(encoding: Encoding) -> dict[int | str, dict[str, Any]]:
    """Return what an operation that answers a picture declares (``responses=``)."""
    content = {encoding.media_type: {"schema": {"type": "string", "format": "binary"}}}
    return {200: {"description": "The picture.", "content": content}}


async def shown_file(read: Awaitable[bytes], *, media_type: str) -> Response:
    """Answer a file that anybody may be shown.

    Args:
        read: reads it of the storage, or of what is kept of it.
        media_type: what it is.

    Raises:
        NotFound: it is not there.
        Unavailable: the storage does not answer.
    """
    try:
        data = await read
    except ObjectMissing:
        raise NotFound() from None
    except StorageError as error:
        raise Unavailable("Storage isn't responding. Try again shortly.", internal=str(error)) from error
    return Response(data, media_type=media_type, headers=_SHOWN)


async def stored_file(storage: ObjectStorage, key: str, *, filename: str, media_type: str) -> Response:
    """Answer a file that was stored, byte for byte.

    Raises:
        Unavailable: the storage does not answer, or does not hold what was put there.
    """
    try:
        data = await storage.get(key)
    except ObjectMissing as error:
        raise Unavailable(
            "This file is missing from storage. Contact us and quote the request ID, so that we can restore it.",
            internal=f"object missing: {key}",
        ) from error
    except StorageError as error:
        raise Unavailable("Storage isn't responding. Try again shortly.", internal=str(error)) from error
    return file_response(data, filename=filename, media_type=media_type)
