"""A caller of the running product's API."""

import re
import time
from collections.abc import Callable
from typing import Any, TypeVar

import httpx

T = TypeVar("T")
PATIENCE_SECONDS = 60.0


def eventually(look: Callable[[], T | None], what: str) -> T:
    """Ask until there is an answer: work of the background has no other sign of its end."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (found := look()) is None:
        assert time.monotonic() < deadline, f"{what} did not happen"
        time.sleep(0.2)
    return found


class Caller:
    """Holds cookies, the CSRF pair and an access token, as a page does."""

    def __init__(self, address: str) -> None:
        self.http = httpx.Client(base_url=address, timeout=30, follow_redirects=False)
        self._csrf = str(self.http.get("/api/auth/csrf").json()["csrf_token"])

    def close(self) -> None:
        """Close the connections."""
        self.http.close()

    def call(self, method: str, path: str, json: Any = None, *, expect: int = 200, **options: Any) -> Any:
        """Call an operation and return its answer, which must have the expected status."""
        headers = {"X-CSRF-Token": self._csrf, **options.pop("headers", {})}
        answer = self.http.request(method, path, json=json, headers=headers, **options)
        assert answer.status_code == expect, f"{method} {path}: {answer.status_code} {answer.text}"
        kind = answer.headers.get("content-type", "")
        return answer.json() if kind.startswith("application/json") else answer.content

    def sign_in(self, email: str, password: str) -> None:
        """Open a session."""
        tokens = self.call("POST", "/api/auth/login", {"email": email, "password": password})
        self.http.headers["Authorization"] = f"Bearer {tokens['access_token']}"

    def mail(self, to: str, subject: str) -> Any:
        """Wait for a mail and return it."""

        def look() -> Any:
            mails = self.call("GET", "/api/dev/mailbox")["items"]
            return next((mail for mail in mails if mail["to"] == to and subject in mail["subject"]), None)

        return eventually(look, f"a mail “{subject}” to {to}")

    def link(self, mail: Any, path: str) -> str:
        """Return the token that a mail's link to a page carries."""
        found = re.search(re.escape(path) + r"([A-Za-z0-9_-]+)", mail["text"])
        assert found, mail["text"]
        return found.group(1)
