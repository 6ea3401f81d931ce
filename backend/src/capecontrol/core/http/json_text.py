"""JSON as bodies carry it: read strictly, and neither larger nor deeper than anybody needs."""

import json
import re

from capecontrol.core.problems import Malformed, TooLarge

#: Deeper JSON than this is nobody's business data, and recursive readers choke on it.
DEPTH_MAX = 64
#: As many members and items a body may have, in all. Each that is not known is an error, and errors are dear: a body of
#: 200,000 took nine seconds to refuse.
MEMBERS_MAX = 5_000
#: Matches a string that is cut off, too, so that the search never begins anew within one: its time is linear.
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)


#: More brackets than there may be levels, none of them closed; looked for where a nesting bomb begins.
_DEEP = re.compile(rb"(?:[\[{][^\[{\]}]*+){%d}" % (DEPTH_MAX + 1))
_DEEP_WITHIN = 16_384


def check_members(body: bytes, members_max: int = MEMBERS_MAX) -> None:
    """Refuse a JSON text that has too many members and items, without reading it.

    Raises:
        TooLarge: it has more.
        Malformed: it has more, because it is nested too deeply.
    """
    if _members_of(body) <= members_max:
        return
    # There may be as many commas in texts. A member has two strings at the most.
    bare, strings = _STRING.subn(b"", body, 2 * members_max + 1)
    if strings > 2 * members_max or _members_of(bare) > members_max:
        if _DEEP.search(bare, 0, _DEEP_WITHIN):
            raise _too_deep()
        raise TooLarge(f"Send at most {members_max} members and items in all.")


def _members_of(text: bytes) -> int:
    """Return how many members and items a JSON text without strings has at most: each follows a comma or a bracket."""
    return text.count(b",") + text.count(b"{") + text.count(b"[")


def read_json(body: bytes) -> object:
    """Return the value of a JSON text in UTF-8.

    Raises:
        Malformed: it is none, or nested too deeply.
    """
    try:
        value: object = json.loads(body.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise Malformed("The body isn't valid JSON.") from error
    if _depth(value) > DEPTH_MAX:
        raise _too_deep()
    return value


def _too_deep() -> Malformed:
    return Malformed(f"The body is nested more than {DEPTH_MAX} levels deep.")


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _depth(value: object) -> int:
    level, layer = 0, [value]
    while layer and level <= DEPTH_MAX:
        level += 1
        layer = [
            child
            for node in layer
            if isinstance(node, dict | list)
            for child in (node.values() if isinstance(node, dict) else node)
        ]
    return level
