"""What a request asks: what it has in common with its repetitions, and with no other request."""

import hashlib

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

#: As much of a file is in memory at once.
_PIECE_BYTES = 64 * 1024


async def content_of(request: Request, body: object) -> bytes:
    """Return what a request asks.

    Args:
        request: with a body that was read.
        body: what it says, as the envelope read it. Of a form its fields and its files' bytes count: clients write
            another boundary at each attempt, and the name of a file is not asked.
    """
    said = await _digest(body) if isinstance(body, FormData) else await request.body()
    return _asked(request) + b"\n" + said


def _asked(request: Request) -> bytes:
    """Return what a request asks, but for its body. Without a precondition it is what release 0.1.0 made of it."""
    asked = f"{request.method} {request.url.path}?{request.url.query}"
    if precondition := request.headers.getlist("if-match"):
        asked += f" If-Match: {', '.join(precondition)}"
    return asked.encode()


async def _digest(form: FormData) -> bytes:
    """Return the digest of a form's parts, each by its own, so that no part can end as the next begins."""
    whole = hashlib.sha256()
    for name, part in form.multi_items():
        one = hashlib.sha256()
        if isinstance(part, UploadFile):
            await part.seek(0)
            while piece := await part.read(_PIECE_BYTES):
                one.update(piece)
            await part.seek(0)
        else:
            one.update(part.encode())
        kind = b"file" if isinstance(part, UploadFile) else b"text"
        whole.update(hashlib.sha256(name.encode()).digest() + kind + one.digest())
    return whole.digest()
