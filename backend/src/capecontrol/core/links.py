"""Addresses of our own pages: always from the configured public address, never from a request's Host header."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Links:
    """Builds absolute links."""

    public_url: str

    def page(self, path: str) -> str:
        """Return the absolute address of a page (``path`` begins with a slash)."""
        return self.public_url.rstrip("/") + path
