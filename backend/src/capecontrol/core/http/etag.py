"""Optimistic locking where people edit: an answer's ``ETag`` names the revision, ``If-Match`` demands it."""

from typing import Annotated

from fastapi import Header
from starlette.responses import Response

from capecontrol.core.problems import PreconditionFailed

#: The header of an edit. Absent or ``*``: the edit is made whatever the revision is.
IfMatch = Annotated[
    str | None,
    Header(alias="If-Match", max_length=200, description="The `ETag` of what you edit; another revision answers 412."),
]


def etag_of(revision: int) -> str:
    """Return the entity tag of a revision: ``"7"``, quotes included (RFC 9110, 8.8.3)."""
    return f'"{revision}"'


def tag(response: Response, revision: int) -> None:
    """Name the revision of what a response shows."""
    response.headers["ETag"] = etag_of(revision)


def check_match(if_match: str | None, revision: int) -> None:
    """Let an edit pass that was made on the current revision.

    A weak tag never matches (RFC 9110, 13.1.1).

    Raises:
        PreconditionFailed: somebody changed it since.
    """
    if if_match is None:
        return
    offered = {one.strip() for one in if_match.split(",")}
    if "*" not in offered and etag_of(revision) not in offered:
        raise PreconditionFailed("Load it again, and make your change on what you see then.")
