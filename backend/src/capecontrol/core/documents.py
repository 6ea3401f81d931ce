"""The port for documents that people keep: HTML in, PDF out."""

from collections.abc import Mapping
from typing import Protocol

#: What a rendered document is.
MEDIA_TYPE = "application/pdf"
#: Where a document finds the pictures that come with it: an address that nobody has, and a picture's name.
PICTURES = "https://pictures.invalid/"


class RenderFailed(Exception):
    """The document could not be rendered in its time; trying again later may help."""


class PdfRenderer(Protocol):
    """Makes a PDF of an HTML document. CPU-heavy (about 0.1 s a page): never called inside a unit of work."""

    async def render(self, html: str, pictures: Mapping[str, bytes] | None = None, *, source: str = "") -> bytes:
        """Return the PDF of a complete HTML document; of documents that wait, the sources have their turns in turn.

        The document carries its own ``<style>``. It may load the bundled typeface, by ``font-family: Inter`` (weights
        100-900), and the PNGs that come with it, by their names below ``PICTURES``. Every other reference (files,
        addresses, data) stays unloaded.

        Raises:
            RenderFailed: its turn did not come or its deadline passed, or the renderer broke.
        """
        ...
