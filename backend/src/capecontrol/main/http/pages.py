"""Serves the built front end: files as they are, and the application's page for every address of its router."""

from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from capecontrol.core.http.counting import count_source
from capecontrol.core.http.limits import Limit

#: All that no operation answers: a browser that has nothing yet asks for forty files, and an office shares an address.
PAGES = Limit("pages", per_second=300, burst=5000)
#: Addresses that are never a page: they themselves and unknown ones below them are an API's 404.
_NOT_PAGES = ("api/", "v1/", "ofrep/", "oauth2/", "scim/", "dev/", "assets/", "metrics/", ".well-known/")


class Pages(StaticFiles):
    """The front end's files."""

    def __init__(self, folder: Path) -> None:
        """Take the folder that the build wrote."""
        super().__init__(directory=folder, check_dir=False)
        self._index = folder / "index.html"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request.

        Raises:
            TooManyRequests: the address asks for more than people's browsers do.
        """
        if scope["type"] == "http":
            await count_source(Request(scope), PAGES)
        await super().__call__(scope, receive, send)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file, or the application's page."""
        try:
            response = await super().get_response(path, scope)
        except HTTPException as error:
            if error.status_code != 404 or f"{path}/".startswith(_NOT_PAGES) or not self._index.is_file():
                raise
            response = FileResponse(self._index)
        # Hashed names never change; the page itself is asked for anew.
        hashed = path.startswith("assets/")
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if hashed else "no-cache"
        return response
