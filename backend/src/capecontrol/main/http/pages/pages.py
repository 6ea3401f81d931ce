"""Serves the built front end: its files, and the application's page for every address of its router."""

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from mimetypes import guess_type
from pathlib import Path

import anyio.to_thread
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Receive, Scope, Send

from capecontrol.core.http.counting import count_source
from capecontrol.core.http.encodings import SUFFIXES, wanted_encodings
from capecontrol.core.http.limits import Limit
from capecontrol.main.http.pages.facts import PageHead
from capecontrol.main.http.pages.shell import Shell

#: All that no operation answers: an office shares an address, and a browser that has nothing yet asks for twelve files.
PAGES = Limit("pages", per_second=300, burst=5000)
#: Addresses that are never a page: they themselves and unknown ones below them are an API's 404.
_NOT_PAGES = ("api/", "v1/", "ofrep/", "oauth2/", "scim/", "dev/", "assets/", "metrics/", ".well-known/", ".vite/")
_PAGE = (".", "index.html")
_READING = ("GET", "HEAD")
_ALLOW = {"Allow": "GET, HEAD, OPTIONS"}


@dataclass(frozen=True, slots=True)
class _Found:
    """A file, and what of it is sent: itself, or what lies compressed beside it."""

    name: str
    sent: Path
    at: os.stat_result
    encoding: str | None


class Pages(StaticFiles):
    """The front end's files."""

    def __init__(self, folder: Path, head: Callable[[], PageHead]) -> None:
        """Take the folder that the build wrote, and what returns what its page is told."""
        super().__init__(directory=folder, check_dir=False)
        self._shell = Shell(folder, head)

    @property
    def document_style(self) -> str | None:
        """Return the address of the style sheet for documents that the server writes itself; None without a build."""
        build = self._shell.build()
        return f"/{build.document}" if build is not None and build.document is not None else None

    @property
    def fonts(self) -> tuple[str, ...]:
        """Return the fonts that every page shows at once, without a slash before them."""
        build = self._shell.build()
        return build.fonts if build is not None else ()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request.

        Raises:
            TooManyRequests: the address asks for more than people's browsers do.
        """
        if scope["type"] == "http":
            await count_source(Request(scope), PAGES)
        await super().__call__(scope, receive, send)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file, or the application's page.

        Raises:
            HTTPException: neither is at the address, or it is not read but written to.
        """
        method, answer = scope["method"], await self._answer(path, Headers(scope=scope))
        if answer is None or (answer.status_code == 404 and method not in _READING):
            raise HTTPException(status_code=404)
        if method == "OPTIONS":
            return Response(status_code=204, headers=_ALLOW)
        if method not in _READING:
            raise HTTPException(status_code=405, headers=_ALLOW)
        if method == "HEAD":
            answer.body = b""
        return answer

    async def _answer(self, path: str, headers: Headers) -> Response | None:
        """Return what reading an address gives; None where there is neither a file nor a page."""
        if path not in _PAGE and not f"{path}/".startswith(".vite/"):
            # A part of a file is a part of the plain one.
            encodings = wanted_encodings(headers.get("accept-encoding")) if "range" not in headers else ()
            found = await anyio.to_thread.run_sync(self._find, path, encodings)
            if found is not None:
                return self._send(found, headers, is_hashed=path.startswith("assets/"))
        return None if f"{path}/".startswith(_NOT_PAGES) else self._shell.answer(path, headers)

    def _find(self, path: str, encodings: tuple[str, ...]) -> _Found | None:
        """Return the file at an address, in the first of these encodings that it is kept in."""
        try:
            name, at = self.lookup_path(path)
        except (OSError, ValueError):
            # A name that no file can have: too long, with a zero byte in it, or behind a closed folder.
            return None
        if at is None or not stat.S_ISREG(at.st_mode) or name.endswith(tuple(SUFFIXES.values())):
            return None
        for encoding in encodings:
            sent = Path(name + SUFFIXES[encoding])
            try:
                sent_at = sent.stat()
            except FileNotFoundError:
                continue
            # One that is older than its file was made from another.
            if sent_at.st_mtime_ns >= at.st_mtime_ns:
                return _Found(name, sent, sent_at, encoding)
        return _Found(name, Path(name), at, None)

    def _send(self, found: _Found, headers: Headers, *, is_hashed: bool) -> Response:
        encoding = {"Content-Encoding": found.encoding} if found.encoding else {}
        response = FileResponse(
            found.sent,
            stat_result=found.at,
            media_type=guess_type(found.name)[0] or "application/octet-stream",
            headers={
                **encoding,
                "ETag": f'"{found.at.st_mtime_ns:x}-{found.at.st_size:x}-{found.encoding or "plain"}"',
                "Vary": "Accept-Encoding",
                # Hashed names never change; all else is asked for anew.
                "Cache-Control": "public, max-age=31536000, immutable" if is_hashed else "no-cache",
            },
        )
        return NotModifiedResponse(response.headers) if self.is_not_modified(response.headers, headers) else response
