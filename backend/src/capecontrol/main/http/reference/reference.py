"""The reference of the API: the document, and the page that is written from it."""

import json
from collections.abc import Callable
from functools import cached_property
from typing import Any

from capecontrol.core.http.fixed_answer import FixedAnswer
from capecontrol.core.templating import templates
from capecontrol.main.http.reference.outline import Outline

_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'"


class Reference:
    """Writes both once for each process: to write the page takes the event loop 50 ms, and anybody may ask for it."""

    def __init__(self, describe: Callable[[], dict[str, Any]]) -> None:
        """Take what returns the OpenAPI document, when all routes are there."""
        self._describe = describe

    @cached_property
    def document(self) -> FixedAnswer:
        """Return the document."""
        text = json.dumps(self._describe(), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        return FixedAnswer(text.encode(), "application/json")

    @cached_property
    def page(self) -> FixedAnswer:
        """Return the page."""
        document = self._describe()
        html = (
            templates("capecontrol.main.http.reference", "")
            .get_template("page.html")
            .render(
                chapters=Outline(document).chapters(),
                version=document["info"]["version"],
                description=document["info"]["description"],
            )
        )
        return FixedAnswer(html.encode(), "text/html", {"Content-Security-Policy": _POLICY})
