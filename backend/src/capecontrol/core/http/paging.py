"""The paging part of a list request."""

from typing import Annotated

from fastapi import Depends, Query

from capecontrol.core.pagination import Cursor, PageQuery


async def _read(
    page: Annotated[int, Query(ge=1, le=100_000, description="The page, from 1.")] = 1,
    limit: Annotated[int, Query(ge=1, le=100, description="How many items a page holds.")] = 20,
    cursor: Annotated[
        str | None,
        Query(max_length=200, description="`next_cursor` of the page before; stable when rows are added."),
    ] = None,
) -> PageQuery:
    return PageQuery(page, limit, Cursor.decode(cursor) if cursor else None)


#: The parameters of a list.
Paging = Annotated[PageQuery, Depends(_read)]
