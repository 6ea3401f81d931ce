"""Bodies of stored webhooks as they came, whether they lie sealed or not."""

from collections.abc import Mapping
from typing import Any

from capecontrol.core.crypto import Keyring


def body_of(row: Mapping[str, Any], keyring: Keyring) -> bytes | None:
    """Return the body in a row with ``payload`` and ``is_sealed``; None where it was forgotten."""
    payload: bytes | None = row["payload"]
    return payload if payload is None or not row["is_sealed"] else keyring.open_bytes(payload)
