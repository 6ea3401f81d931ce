"""Optimistic locking of what keeps no revision: its content, as its editors see it, stands for it."""

import hashlib
import json

from capecontrol.core.problems import PreconditionFailed

#: Tags of what an editor saw; None when the edit is to be made whatever is there.
ExpectedTags = frozenset[str] | None


def content_tag(*members: object) -> str:
    """Return the tag of the members that can be edited: of text, numbers and yes or no, in their order."""
    return hashlib.sha256(json.dumps(members).encode()).hexdigest()[:32]


def check_content(expected: ExpectedTags, current: str) -> None:
    """Check that an edit was made on what is there; the row is locked, so that it stays so.

    Raises:
        PreconditionFailed: it was changed since.
    """
    if expected is not None and current not in expected:
        raise PreconditionFailed("This has changed since you opened it. Reload the page and make your changes again.")
