"""A renderer for tests that read no paper."""

from collections.abc import Mapping


class PlainRenderer:
    """A renderer whose document is its HTML."""

    async def render(self, html: str, pictures: Mapping[str, bytes] | None = None, *, source: str = "") -> bytes:
        return b"%PDF-" + html.encode()
