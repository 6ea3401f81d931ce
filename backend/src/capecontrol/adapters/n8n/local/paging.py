"""n8n's cursors: base64 of a JSON object, opaque to callers."""

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from typing import TypeVar

from capecontrol.adapters.n8n.local.checks import Refused

T = TypeVar("T")


def page(entries: Sequence[T], query: Mapping[str, str]) -> tuple[Sequence[T], str | None]:
    """Return the part of a list that ``limit`` and ``cursor`` ask for, and the cursor of what follows.

    Raises:
        Refused: the cursor is none of ours.
    """
    limit = int(query.get("limit", "100")) or 100
    offset = 0
    if "cursor" in query:
        try:
            found = json.loads(base64.b64decode(query["cursor"], validate=True))
            limit, offset = int(found["limit"]), int(found["offset"])
        except (ValueError, TypeError, KeyError, binascii.Error):
            raise Refused("An invalid cursor was provided") from None
    after = offset + limit
    following = json.dumps({"limit": limit, "offset": after}, separators=(",", ":")).encode()
    return entries[offset:after], base64.b64encode(following).decode() if after < len(entries) else None
