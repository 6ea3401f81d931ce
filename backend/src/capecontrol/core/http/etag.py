"""Optimistic locking on the wire: an answer's ``ETag`` names the revision, ``If-Match`` demands it."""

import re
from typing import Annotated, Any

from fastapi import Depends, Header
from starlette.responses import Response

from capecontrol.core.content_tag import ExpectedTags
from capecontrol.core.revision import ExpectedRevisions

#: What we write as an entity tag; a weak tag never matches (RFC 9110, 13.1.1).
_REVISION = re.compile(r'"([0-9]{1,10})"', re.ASCII)
_CONTENT = re.compile(r'"([0-9a-f]{32})"', re.ASCII)

_Header: Any = Annotated[
    str | None,
    Header(
        max_length=200,
        description="The `ETag` of the version you read. If someone has changed it since, the answer is 412.",
    ),
]


async def expected_revisions(if_match: _Header = None) -> ExpectedRevisions:
    """Read ``If-Match``. Absent or ``*``: None. A tag that is none of ours stands for no revision at all."""
    offered = _offered(if_match, _REVISION)
    return None if offered is None else frozenset(int(one) for one in offered)


async def expected_tags(if_match: _Header = None) -> ExpectedTags:
    """Read ``If-Match`` of what keeps no revision, likewise."""
    return _offered(if_match, _CONTENT)


def _offered(header: str | None, form: re.Pattern[str]) -> frozenset[str] | None:
    if header is None:
        return None
    offered = [one.strip() for one in header.split(",")]
    return None if "*" in offered else frozenset(found.group(1) for one in offered if (found := form.fullmatch(one)))


#: The header of an edit.
IfMatch = Annotated[ExpectedRevisions, Depends(expected_revisions)]
#: The same, of what keeps no revision.
IfMatchContent = Annotated[ExpectedTags, Depends(expected_tags)]


def etag_of(revision: int) -> str:
    """Return the entity tag of a revision: ``"7"``, quotes included (RFC 9110, 8.8.3)."""
    return f'"{revision}"'


def tag(response: Response, revision: int) -> None:
    """Name the revision of what a response shows."""
    response.headers["ETag"] = etag_of(revision)


def tag_content(response: Response, content: str) -> None:
    """Name the content of what a response shows, as its editors see it."""
    response.headers["ETag"] = f'"{content}"'
