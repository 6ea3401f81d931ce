"""Optimistic locking on the wire: an answer's ``ETag`` names the revision, ``If-Match`` demands it."""

import re
from typing import Annotated

from fastapi import Depends, Header
from starlette.responses import Response

from capecontrol.core.revision import ExpectedRevisions

#: What we write as an entity tag; a weak tag never matches (RFC 9110, 13.1.1).
_TAG = re.compile(r'"([0-9]{1,10})"', re.ASCII)


async def expected_revisions(
    if_match: Annotated[
        str | None,
        Header(
            max_length=200,
            description="The `ETag` of the version you read. If someone has changed it since, the answer is 412.",
        ),
    ] = None,
) -> ExpectedRevisions:
    """Read ``If-Match``. Absent or ``*``: None. A tag that is none of ours stands for no revision at all."""
    if if_match is None:
        return None
    offered = [one.strip() for one in if_match.split(",")]
    if "*" in offered:
        return None
    return frozenset(int(found.group(1)) for one in offered if (found := _TAG.fullmatch(one)))


#: The header of an edit.
IfMatch = Annotated[ExpectedRevisions, Depends(expected_revisions)]


def etag_of(revision: int) -> str:
    """Return the entity tag of a revision: ``"7"``, quotes included (RFC 9110, 8.8.3)."""
    return f'"{revision}"'


def tag(response: Response, revision: int) -> None:
    """Name the revision of what a response shows."""
    response.headers["ETag"] = etag_of(revision)
