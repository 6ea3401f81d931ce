"""The two pages that anybody may read: the business's front door, and what it tells about itself."""

import base64
import hashlib
from functools import cached_property
from importlib.resources import files

from jinja2 import Environment

from capecontrol.core.business import Business
from capecontrol.core.http.fixed_answer import FixedAnswer
from capecontrol.core.money import Money
from capecontrol.core.templating import templates
from capecontrol.features.business.interface import theme_css
from capecontrol.main.http.pages.pages import Pages

_PACKAGE = "capecontrol.main.http.front_door"
#: Short: what an operator changes is seen within a minute.
_CACHE = {"Cache-Control": "public, max-age=60"}
#: The proposal that is pictured: what is done, and how much of the whole it costs.
_SAMPLE = (("Discovery workshop", 18), ("Setup and integration", 62), ("Training and handover", 12))
_SAMPLE_UNIT = 100_000


class FrontDoor:
    """Writes both pages, once for each state of the business and of the build."""

    def __init__(self, pages: Pages) -> None:
        """Take the front end's files: of them the pages have the style sheet and the font."""
        self._pages = pages
        self._written: tuple[object, dict[str, FixedAnswer]] = (None, {})

    def page(self, name: str, business: Business) -> FixedAnswer:
        """Return ``front-door`` or ``about``."""
        look = (business, self._pages.document_style, self._pages.fonts)
        if self._written[0] != look:
            self._written = (look, {})
        written = self._written[1]
        if name not in written:
            written[name] = self._write(name, business)
        return written[name]

    def _write(self, name: str, business: Business) -> FixedAnswer:
        # In the page, so that nothing is asked for before it is seen; the policy allows this text and no other.
        style = theme_css(business) + self._style
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        html = self._templates.get_template(f"{name}.html").render(
            business=business,
            formats=business.formats,
            front=business.front_door,
            style=style,
            document_style=self._pages.document_style,
            fonts=self._pages.fonts,
            sample=[(text, Money(share * _SAMPLE_UNIT, business.currency)) for text, share in _SAMPLE],
            total=Money(sum(share for _, share in _SAMPLE) * _SAMPLE_UNIT, business.currency),
        )
        policy = (
            f"default-src 'none'; style-src 'self' 'sha256-{digest}'; img-src 'self'; font-src 'self'; "
            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )
        return FixedAnswer(html.encode(), "text/html; charset=utf-8", _CACHE | {"Content-Security-Policy": policy})

    @cached_property
    def _style(self) -> str:
        return (files(_PACKAGE) / "front-door.css").read_text()

    @cached_property
    def _templates(self) -> Environment:
        return templates(_PACKAGE, "")
