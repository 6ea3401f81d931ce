"""Who is written to."""

import math
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

#: Longer text names nobody: it is no address, and to normalize it can take time that grows with its square.
RECIPIENT_MAX = 254


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is written to: a text member of the body, or a parameter of the query where there is no body.

    One, not several: a route that writes to a list counts by something else. Counted when the caller may and before
    anything is done.
    """

    #: A JSON pointer, such as ``/email``.
    pointer: str

    def value_in(self, body: object, query: Mapping[str, str]) -> str | None:
        """Return whom a request names, in one comparable form; None where it names nobody."""
        found: object = query if body is None else body
        for name in self._names():
            found = found.get(name) if isinstance(found, Mapping) else None
        if not isinstance(found, str) or len(named := found.strip()) > RECIPIENT_MAX:
            return None
        return unicodedata.normalize("NFKC", named).casefold()

    def is_text_in(self, schema: Mapping[str, Any]) -> bool:
        """Tell whether the pointer leads to a text in what a JSON schema describes, through objects alone.

        Its length must be bounded there: longer text is not counted, and the content must refuse it.
        """
        found = [schema]
        for name in self._names():
            variants = (variant for one in found for variant in _variants(one, schema))
            found = [member for variant in variants if (member := variant.get("properties", {}).get(name)) is not None]
        return any(
            variant.get("type") == "string" and variant.get("maxLength", math.inf) <= RECIPIENT_MAX
            for one in found
            for variant in _variants(one, schema)
        )

    def _names(self) -> list[str]:
        return [part.replace("~1", "/").replace("~0", "~") for part in self.pointer.split("/")[1:]]


def _variants(schema: Mapping[str, Any], root: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield what a schema allows, references resolved."""
    if (reference := schema.get("$ref")) is not None:
        yield from _variants(root["$defs"][reference.rpartition("/")[2]], root)
    elif (choices := schema.get("anyOf") or schema.get("oneOf")) is not None:
        for one in choices:
            yield from _variants(one, root)
    else:
        yield schema
