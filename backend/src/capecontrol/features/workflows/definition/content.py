"""JSON that people give us to keep or to hand on: what every parser and database further on agrees about."""

import json
import math

from pydantic import JsonValue

MAX_DEPTH = 40


def complaint_about_content(value: JsonValue, max_bytes: int) -> str | None:
    """Return why JSON cannot be kept, or None: NUL, half surrogate pairs, odd numbers, depth, size."""
    waiting: list[tuple[JsonValue, int]] = [(value, 0)]
    while waiting:
        found, depth = waiting.pop()
        if depth > MAX_DEPTH:
            return f"The JSON is nested more than {MAX_DEPTH} levels deep."
        if isinstance(found, dict):
            waiting += [(key, depth + 1) for key in found]
            waiting += [(inner, depth + 1) for inner in found.values()]
        elif isinstance(found, list):
            waiting += [(inner, depth + 1) for inner in found]
        elif isinstance(found, str):
            if "\x00" in found or any("\ud800" <= character <= "\udfff" for character in found):
                return "The JSON contains characters that can't be stored."
        elif isinstance(found, float):
            if not math.isfinite(found):
                return "The JSON contains a number that isn't valid JSON, such as NaN."
        elif isinstance(found, int) and abs(found) > 2**63:
            return "The JSON contains a number that is too large to be stored exactly."
    if len(json.dumps(value, ensure_ascii=False).encode()) > max_bytes:
        return f"The JSON is larger than {max_bytes // 1024} KiB."
    return None
