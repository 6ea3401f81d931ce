"""The form of keys, the same for every storage."""

import re

from capecontrol.core.storage import KeyRefused

_SEGMENT = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*")
_KEY_MAX = 512


def checked(key: str) -> str:
    """Return the key if an object may have it: no way out of the storage, no hidden file, no surprise on any disk.

    Raises:
        KeyRefused: it may not.
    """
    if not 0 < len(key) <= _KEY_MAX or not all(_SEGMENT.fullmatch(segment) for segment in key.split("/")):
        raise KeyRefused("this is no key of an object")
    return key
