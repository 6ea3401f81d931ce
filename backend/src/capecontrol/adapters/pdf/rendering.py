"""The rendering itself: what runs in the renderer's process."""

import logging
from collections.abc import Mapping
from importlib.resources import files
from io import BytesIO

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcherResponse

from capecontrol.core.documents import PICTURES

_FONTS = "https://fonts.invalid/"
_FACES = (
    ("inter-latin-wght-normal.woff2", "U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+0304,"
     " U+0308, U+0329, U+2000-206F, U+20AC, U+2122, U+2191, U+2193, U+2212, U+2215, U+FEFF, U+FFFD"),
    ("inter-latin-ext-wght-normal.woff2", "U+0100-02BA, U+02BD-02C5, U+02C7-02CC, U+02CE-02D7, U+02DD-02FF, U+0304,"
     " U+0308, U+0329, U+1D00-1DBF, U+1E00-1E9F, U+1EF2-1EFF, U+2020, U+20A0-20AB, U+20AD-20C0, U+2113, U+2C60-2C7F,"
     " U+A720-A7FF"),
)  # fmt: skip
_FONT_CSS = "".join(
    f"@font-face {{ font-family: Inter; font-style: normal;"
    f" src: url({_FONTS}{name}) format('woff2'); unicode-range: {characters} }}\n"
    for name, characters in _FACES
)


class GivenOnly:
    """Loads the bundled typeface and the pictures that came with the document, by their made-up addresses.

    Every other address is refused before anything is opened.

    Documents hold text of clients, and a renderer that fetches can be made to fetch the cloud's metadata service. It
    inherits nothing of WeasyPrint's own fetcher, so there is nothing in it that could open a file or an address.
    """

    #: Read by WeasyPrint: a refusal leaves a gap in the document, it does not stop it.
    _fail_on_errors = False

    def __init__(self, pictures: Mapping[str, bytes]) -> None:
        """Take PNGs, by their names."""
        self._pictures = {f"{PICTURES}{name}": data for name, data in pictures.items()}

    def __call__(self, url: str) -> URLFetcherResponse:
        """Return a bundled font or one of the pictures, or refuse."""
        if (picture := self._pictures.get(url)) is not None:
            return URLFetcherResponse(url, picture, {"Content-Type": "image/png"})
        name = url.removeprefix(_FONTS)
        if name in {face for face, _ in _FACES}:
            data = (files("capecontrol.adapters.pdf") / "fonts" / name).read_bytes()
            return URLFetcherResponse(url, data, {"Content-Type": "font/woff2"})
        raise ValueError("documents load nothing from outside")


def warm() -> None:
    """Render one page, so that imports and fonts are loaded before the first document."""
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    logging.getLogger("fontTools").setLevel(logging.CRITICAL)
    render("<!doctype html><title>Warm</title><p>Warm</p>", {})


def render(html: str, pictures: Mapping[str, bytes]) -> bytes:
    """Return the PDF of a document (PDF/A-3b: fonts embedded, made for keeping)."""
    fonts, fetcher = FontConfiguration(), GivenOnly(pictures)
    styles = CSS(string=_FONT_CSS, font_config=fonts, url_fetcher=fetcher)
    out = BytesIO()
    HTML(string=html, url_fetcher=fetcher, base_url=None).write_pdf(
        out, stylesheets=[styles], font_config=fonts, pdf_variant="pdf/a-3b"
    )
    return out.getvalue()
