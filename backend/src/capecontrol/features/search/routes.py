"""HTTP: search."""

from typing import Annotated

from fastapi import Query

from capecontrol.core.http import Router, requires
from capecontrol.core.record_search import ROWS_MAX
from capecontrol.core.work import UnitOfWork
from capecontrol.features.search.dao import records_found
from capecontrol.features.search.permissions import SEARCH_USE
from capecontrol.features.search.schemas import FoundRecordOut, FoundRecords

router = Router("search")


@router.get("/api/search", operation_id="search_records", summary="Search projects, proposals and invoices")
async def search_records(
    work: Annotated[UnitOfWork, requires(SEARCH_USE)],
    q: Annotated[str, Query(min_length=1, max_length=200, description="Words from a name, a number, or an ID.")],
    limit: Annotated[int, Query(ge=1, le=ROWS_MAX, description="How many of each kind.")] = 8,
) -> FoundRecords:
    """Return matching records that the caller may see. Exact numbers come first, then whole words, then the newest."""
    return FoundRecords(items=[FoundRecordOut.of(record) for record in await records_found(work, q, limit)])
