"""The paging part of a list request: which page, in which order."""

from collections import Counter
from typing import Annotated, Any

from fastapi import Depends, Query
from pydantic import WithJsonSchema
from starlette.requests import Request

from capecontrol.core.lists.page_read import PageRead
from capecontrol.core.lists.pagination import Cursor, PageQuery
from capecontrol.core.problems import FieldError, Invalid

#: What tells a page of a list, and not which list it is.
_OF_PAGE = frozenset({"page", "limit", "cursor", "sort", "total", "sums"})
#: A cursor holds what its row is sorted by: a title, at most.
_CURSOR_MAX = 2000


def paging(listed: PageRead[Any]) -> Any:
    """Return the dependency that reads the paging part of a request, with the orders that a list has.

    ``query: Annotated[PageQuery, paging(PROJECTS)]``
    """

    async def read(
        request: Request,
        page: Annotated[int, Query(ge=1, le=100_000, description="The page number, starting at 1.")] = 1,
        limit: Annotated[int, Query(ge=1, le=100, description="The number of items per page, up to 100.")] = 20,
        cursor: Annotated[
            str | None,
            Query(
                max_length=_CURSOR_MAX,
                description="`next_cursor` of the page before, with the same `sort` and filters; "
                "stable when rows are added.",
            ),
        ] = None,
        sort: Annotated[str, *_sort_of(listed)] = listed.sort,
        total: Annotated[bool, Query(description="Set to false to skip counting, which is faster.")] = True,
    ) -> PageQuery:
        _check_once(request)
        _check(listed, sort)
        if cursor is not None and "page" in request.query_params:
            raise Invalid(
                "Ask for a page by its number or by a cursor, not both.",
                errors=[FieldError("/page", "Leave this out when you send a cursor.")],
            )
        place = None if cursor is None else Cursor.decode(cursor)
        return PageQuery(page, limit, place, sort, total, _asked(request))

    return Depends(read)


def sorting(listed: PageRead[Any]) -> Any:
    """Return the dependency that reads the order alone, of a list that is asked for whole.

    ``sort: Annotated[str, sorting(PROJECTS)]``
    """

    async def read(request: Request, sort: Annotated[str, *_sort_of(listed)] = listed.sort) -> str:
        _check_once(request)
        _check(listed, sort)
        return sort

    return Depends(read)


def _sort_of(listed: PageRead[Any]) -> tuple[object, ...]:
    """Return what the parameter ``sort`` of a list is annotated with."""
    description = "The sort order. A leading hyphen reverses it."
    return Query(description=description), WithJsonSchema({"type": "string", "enum": list(listed.sorts)})


def _check(listed: PageRead[Any], sort: str) -> None:
    if sort not in listed.sorts:
        allowed = ", ".join(listed.sorts)
        raise Invalid("This list can't be sorted that way.", errors=[FieldError("/sort", f"Use one of: {allowed}.")])


def _check_once(request: Request) -> None:
    """Refuse a parameter that is sent more than once: one of its values would be passed over."""
    sent = request.query_params.multi_items()
    if len(sent) < 2:
        return
    times = Counter(name for name, _ in sent)
    if errors := [FieldError(f"/{name}", "Send one value.") for name, count in times.items() if count > 1]:
        raise Invalid("A list takes one value for each of its parameters.", errors=errors)


def _asked(request: Request) -> str:
    sent = [item for item in request.query_params.multi_items() if item[0] not in _OF_PAGE]
    # Not by `request.url`, which is put together from the headers, and taken apart again.
    return f"{request.scope['path']}?{sorted(sent)}"
