"""Somebody who uses the API over HTTP as the portals do: with a CSRF token, signed in with a password."""

from __future__ import annotations

from typing import Any

import httpx

PASSWORD = "correct horse battery 7"


class Visitor:
    """One person at one address."""

    def __init__(self, address: str) -> None:
        self.headers: dict[str, str] = {}
        self._http = httpx.Client(base_url=address, timeout=30)
        csrf = self._http.get("/api/auth/csrf").raise_for_status().json()["csrf_token"]
        self._csrf = {"X-CSRF-Token": csrf, "Cookie": f"csrftoken={csrf}"}

    def sign_in(self, email: str) -> None:
        """Sign in; requests carry the access token from then on."""
        told = self.post("/api/auth/login", {"email": email, "password": PASSWORD})
        self.headers = {"Authorization": f"Bearer {told['access_token']}"}

    def get(self, path: str) -> Any:
        """Read."""
        return self._http.get(path, headers=self.headers).raise_for_status().json()

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Write; an answer that is no success is an error with its words."""
        return self._write("POST", path, body)

    def patch(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Change, likewise."""
        return self._write("PATCH", path, body)

    def _write(self, method: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = self._http.request(method, path, json=body, headers=self.headers | self._csrf)
        if not answer.is_success:
            raise RuntimeError(f"{method} {path}: {answer.status_code} {answer.text[:500]}")
        return dict(answer.json())
