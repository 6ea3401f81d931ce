"""The port for documents that people keep: HTML in, PDF out."""

from typing import Protocol

#: What a rendered document is.
MEDIA_TYPE = "application/pdf"


class RenderFailed(Exception):
    """The document could not be rendered in its time; trying again later may help."""


class PdfRenderer(Protocol):
    """Makes a PDF of an HTML document. CPU-heavy (about 0.1 s a page): never called inside a unit of work."""

    async def render(self, html: str) -> bytes:
        """Return the PDF of a complete HTML document.

        The document carries its own ``<style>``; the only thing it may load is the bundled typeface, by
        ``font-family: Inter`` (weights 100-900). Every other reference (files, addresses, data) stays unloaded.

        Raises:
            RenderFailed: the deadline passed, or the renderer broke.
        """
        ...
