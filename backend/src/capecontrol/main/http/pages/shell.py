"""The application's page: one page for every address, told which files this one will need."""

import base64
import gzip
import hashlib
import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response

from capecontrol.core.http.encodings import wanted_encodings
from capecontrol.core.http.middleware import page_policy
from capecontrol.main.http.pages.build import Build
from capecontrol.main.http.pages.facts import PageHead

_END_OF_HEAD = "</head>"
_TITLE = re.compile("<title>[^<]*</title>")


@dataclass(frozen=True, slots=True)
class _Written:
    plain: bytes
    gzipped: bytes
    tag: str


class Shell:
    """Writes the page: once for each form of an address and each build, since a build may replace another."""

    def __init__(self, folder: Path, head: Callable[[], PageHead]) -> None:
        """Take the build's folder, and what returns what the page is told: one object while it holds."""
        self._folder = folder
        self._head = head
        self._told: PageHead | None = None
        self._built_at: tuple[int, int] | None = None
        self._build: Build | None = None
        self._written: dict[str | None, _Written] = {}

    def build(self) -> Build | None:
        """Return the build that lies in the folder, or None where there is none."""
        try:
            found = (self._folder / "index.html").stat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        built_at = (found.st_ino, found.st_mtime_ns)
        if built_at != self._built_at:
            self._build, self._built_at = Build.read(self._folder), built_at
            self._written = {}
        return self._build

    def answer(self, path: str, headers: Headers) -> Response | None:
        """Return the page for an address, or None where nothing was built, or what is asked for is a file.

        The page says of an address that it does not know that there is nothing, and so does its status.
        """
        build = self.build()
        if build is None or (not (is_known := build.knows(path)) and "." in path.rstrip("/").rpartition("/")[2]):
            return None
        if (head := self._head()) is not self._told:
            self._told, self._written = head, {}
        form = build.form_of(path)
        if form not in self._written:
            self._written[form] = self._write(build, head, form)
        written = self._written[form]
        # Written here, where Python brings gzip; brotli would save a hundred bytes of two thousand.
        is_gzipped = "gzip" in wanted_encodings(headers.get("accept-encoding"))
        tag = f'"{written.tag}{"-gzip" if is_gzipped else ""}"'
        told = {
            "Cache-Control": "no-cache",
            "ETag": tag,
            "Vary": "Accept-Encoding",
            # The front door, the pages about it and the guides are to be found, all else is somebody's own: a link to a
            # proposal that was posted somewhere would be listed.
            "X-Robots-Tag": "noindex",
            "Content-Security-Policy": page_policy(build.scripts, [_digest(head.style)]).decode(),
        }
        offered = {one.strip().removeprefix("W/") for one in headers.get("if-none-match", "").split(",")}
        if is_known and tag in offered:
            return Response(status_code=304, headers=told)
        if is_gzipped:
            told["Content-Encoding"] = "gzip"
        content = written.gzipped if is_gzipped else written.plain
        return Response(content, 200 if is_known else 404, media_type="text/html", headers=told)

    @staticmethod
    def _write(build: Build, head: PageHead, form: str | None) -> _Written:
        """Return the page with what stands in its head: colours, facts, fonts, the scripts that the address needs."""
        added = [
            f"<style>{head.style}</style>",
            *(f'<meta name="capecontrol-{name}" content="{html.escape(fact)}">' for name, fact in head.facts.items()),
            *(f'<link rel="preload" as="font" type="font/woff2" crossorigin href="/{file}">' for file in build.fonts),
            *(
                f'<link rel="modulepreload" crossorigin href="/{file}">'
                for file in (build.routes[form] if form else ())
                if file.endswith(".js")
            ),
        ]
        titled = _TITLE.sub(lambda _: f"<title>{html.escape(head.title)}</title>", build.page, count=1)
        page = titled.replace(_END_OF_HEAD, "".join(added) + _END_OF_HEAD, 1).encode()
        return _Written(page, gzip.compress(page, mtime=0), hashlib.sha256(page).hexdigest()[:20])


def _digest(style: str) -> str:
    """Return by what a page's policy allows a style sheet that stands in it."""
    return f"sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}"
