"""The two cookies of a session."""

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from capecontrol.features.identity.actions.sign_in import REFRESH_TTL
from capecontrol.features.identity.own_origin import OwnOrigin
from capecontrol.features.identity.tokens import ACCESS_TTL

REFRESH_COOKIE = "refresh_token"
REFRESH_PATH = "/api/auth"
CSRF_COOKIE = "csrftoken"

#: For the OpenAPI document: the scheme by which pages show that cookie, and the requirement of it.
REFRESH_SCHEME = {
    "refreshCookie": {
        "type": "apiKey",
        "in": "cookie",
        "name": REFRESH_COOKIE,
        "description": "The refresh token of `POST /api/auth/login`, for requests of our own pages.",
    }
}
BY_COOKIE: dict[str, list[str]] = {"refreshCookie": []}
#: What an answer declares that takes the cookie away and is no operation's example.
CLEARED = {"Set-Cookie": {"$ref": "#/components/headers/Set-Cookie"}}


class SessionCookies:
    """Sets, reads and clears them."""

    def __init__(self, own: OwnOrigin, *, is_secure: bool) -> None:
        """Take what knows our pages, and whether cookies travel over TLS only."""
        self._own = own
        self._is_secure = is_secure

    def set_refresh(self, response: Response, token: str, *, is_remembered: bool) -> None:
        """Keep the refresh token for thirty days if the person wished so, else as long as an access token."""
        life: timedelta = REFRESH_TTL if is_remembered else ACCESS_TTL
        response.set_cookie(
            REFRESH_COOKIE,
            token,
            max_age=int(life.total_seconds()),
            path=REFRESH_PATH,
            secure=self._is_secure,
            httponly=True,
            samesite="lax",
        )

    def clear_refresh(self, response: Response) -> None:
        """Take the refresh token away."""
        response.delete_cookie(REFRESH_COOKIE, path=REFRESH_PATH, secure=self._is_secure, httponly=True, samesite="lax")

    def set_csrf(self, response: Response, token: str) -> None:
        """Hand the CSRF token to our pages' scripts."""
        response.set_cookie(CSRF_COOKIE, token, path="/", secure=self._is_secure, httponly=False, samesite="lax")

    def read_refresh(self, request: Request) -> str | None:
        """Return the cookie's refresh token, if the request comes from a page of ours.

        Raises:
            ForeignOrigin: the browser says that it comes from elsewhere.
        """
        token = request.cookies.get(REFRESH_COOKIE)
        if token is not None:
            self._own.check(request.headers)
        return token
