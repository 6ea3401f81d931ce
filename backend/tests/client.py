"""An HTTP client of the application, as a browser's page would call it."""

import re
from typing import Any

import httpx
from fastapi import FastAPI
from httpx import Response

#: The filter of an export, which the audit log has as it was sent.
_AS_SENT = re.compile(r'"filter":\{[^}]*\}')
#: A time of another zone: all that we answer are in UTC (see ``Moment``).
_ELSEWHERE = re.compile(r'"\d{4}-\d\d-\d\dT[\d:.]+[+-](?!00:00)\d\d:\d\d"')


class Client:
    """Calls the application in this process, with the CSRF pair and, when signed in, a bearer token."""

    def __init__(
        self, app: FastAPI, token: str | None = None, *, address: str = "203.0.113.7", has_old_records: bool = False
    ) -> None:
        """Take the application.

        Args:
            app: the application.
            token: of who is signed in.
            address: where the calls come from.
            has_old_records: whether its audit log was begun by 0.1.0, which noted days of the business in its zone.
        """
        self.token = token
        self.has_old_records = has_old_records
        # An error that escapes the application is a failed test, not a 500.
        transport = httpx.ASGITransport(app=app, client=(address, 40000), raise_app_exceptions=True)
        self.http = httpx.AsyncClient(transport=transport, base_url="http://localhost:8000")

    async def get(self, path: str, **options: Any) -> Response:
        return await self.request("GET", path, **options)

    async def post(self, path: str, json: Any = None, **options: Any) -> Response:
        return await self.request("POST", path, json=json, **options)

    async def patch(self, path: str, json: Any = None, **options: Any) -> Response:
        return await self.request("PATCH", path, json=json, **options)

    async def put(self, path: str, json: Any = None, **options: Any) -> Response:
        return await self.request("PUT", path, json=json, **options)

    async def delete(self, path: str, **options: Any) -> Response:
        return await self.request("DELETE", path, **options)

    async def request(self, method: str, path: str, *, csrf: bool = True, **options: Any) -> Response:
        headers = dict(options.pop("headers", None) or {})
        if self.token:
            headers.setdefault("Authorization", f"Bearer {self.token}")
        if csrf and method not in ("GET", "HEAD", "OPTIONS"):
            headers.setdefault("X-CSRF-Token", await self.csrf())
        if options.get("json") is None:
            options.pop("json", None)
        answer = await self.http.request(method, path, headers=headers, **options)
        if not self.has_old_records and answer.headers.get("content-type", "").startswith("application/json"):
            told = _AS_SENT.sub("", answer.text) if path.startswith("/api/audit") else answer.text
            assert not _ELSEWHERE.search(told), f"{method} {path}: a time that is not in UTC: {answer.text}"
        return answer

    async def csrf(self) -> str:
        """Return the token in the cookie, which is the one that counts; fetch one when there is none."""
        if "csrftoken" not in self.http.cookies:
            await self.http.get("/api/auth/csrf")
        return self.http.cookies["csrftoken"]
