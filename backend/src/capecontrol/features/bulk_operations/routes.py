"""HTTP: bulk operations."""

import uuid
from typing import Annotated, Any

from fastapi import Depends
from starlette.responses import Response

from capecontrol.core.bulk.kind import BulkKind, BulkKinds
from capecontrol.core.http import PathId, Router, provided, requires
from capecontrol.core.http.filtering import filter_in_body, filtering
from capecontrol.core.http.gate import PermissionMissing
from capecontrol.core.http.paging import paging
from capecontrol.core.lists.pagination import Page, PageQuery
from capecontrol.core.problems import FieldError, Invalid, NotFound
from capecontrol.core.work import UnitOfWork
from capecontrol.features.bulk_operations.actions.cancel_bulk_operation import cancel_bulk_operation
from capecontrol.features.bulk_operations.actions.start_bulk_operation import SUBJECTS_MAX, start_bulk_operation
from capecontrol.features.bulk_operations.dao import BULK_OPERATIONS, BulkOperationDao
from capecontrol.features.bulk_operations.errors import AlreadyActive, AlreadyEnded, NothingMatches, TooManyMatch
from capecontrol.features.bulk_operations.filters import BulkOperationFilter
from capecontrol.features.bulk_operations.models import BulkOperation
from capecontrol.features.bulk_operations.permissions import BULK_OPERATIONS_RUN
from capecontrol.features.bulk_operations.schemas import BulkOperationOut, NewBulkOperation

router = Router("bulk-operations")


async def operation_of_path(
    operation_id: PathId,
    work: Annotated[UnitOfWork, requires(BULK_OPERATIONS_RUN)],
    kinds: Annotated[BulkKinds, provided(BulkKinds)],
) -> BulkOperation:
    """Return the operation of the path to who started it, and to colleagues who may do the same."""
    operation = await BulkOperationDao(work).require(operation_id)
    kind = kinds.by_name.get(operation.kind)
    if operation.person_id != work.actor.id and (kind is None or not work.actor.can(kind.permission)):
        raise NotFound()
    return operation


KnownOperation = Annotated[BulkOperation, Depends(operation_of_path, scope="function")]


@router.get("/api/bulk-operations", operation_id="list_bulk_operations", summary="List your bulk operations")
async def list_bulk_operations(
    work: Annotated[UnitOfWork, requires(BULK_OPERATIONS_RUN)],
    wanted: Annotated[BulkOperationFilter, filtering(BulkOperationFilter)],
    query: Annotated[PageQuery, paging(BULK_OPERATIONS)],
) -> Page[BulkOperationOut]:
    """Return the bulk operations that you started, newest first by default."""
    rows = await BulkOperationDao(work).list_own(wanted, query)
    return rows.to_page([BulkOperationOut.of(row) for row in rows.rows])


@router.post(
    "/api/bulk-operations",
    operation_id="start_bulk_operation",
    summary="Start a bulk operation",
    status_code=202,
    problems=[NothingMatches, TooManyMatch, AlreadyActive],
)
async def start(
    body: NewBulkOperation,
    work: Annotated[UnitOfWork, requires(BULK_OPERATIONS_RUN)],
    kinds: Annotated[BulkKinds, provided(BulkKinds)],
    response: Response,
) -> BulkOperationOut:
    """Change many items in the background. `Location` is where to follow the progress."""
    kind = kinds.by_name.get(body.kind)
    if kind is None:
        names = ", ".join(sorted(kinds.by_name))
        raise Invalid(errors=[FieldError("/kind", f"Choose one of {names}.")])
    if not work.actor.can(kind.permission):
        raise PermissionMissing(kind.permission)
    subject_ids = await _subjects(work, kind, body)
    operation = await start_bulk_operation(work, kind.name, subject_ids, wanted=body.filter)
    response.headers["Location"] = f"/api/bulk-operations/{operation.id}"
    return BulkOperationOut.of(operation)


async def _subjects(work: UnitOfWork, kind: BulkKind[Any], body: NewBulkOperation) -> list[uuid.UUID]:
    """Return the things that a body means, each once."""
    if (body.ids is None) == (body.filter is None):
        raise Invalid(errors=[FieldError("/filter", "Send either ids or a filter. An empty filter means everything.")])
    if body.ids is not None:
        return list(dict.fromkeys(body.ids))
    wanted = filter_in_body(kind.filter, body.filter or {}, "filter")
    return await kind.find(work, wanted, SUBJECTS_MAX + 1)


@router.get(
    "/api/bulk-operations/{operation_id}", operation_id="get_bulk_operation", summary="Retrieve a bulk operation"
)
async def get_bulk_operation(operation: KnownOperation) -> BulkOperationOut:
    """Return the progress of a bulk operation, and the first failures with their reasons."""
    return BulkOperationOut.of(operation)


@router.post(
    "/api/bulk-operations/{operation_id}/cancel",
    operation_id="cancel_bulk_operation",
    summary="Cancel a bulk operation",
    problems=[AlreadyEnded],
)
async def cancel(
    operation: KnownOperation, work: Annotated[UnitOfWork, requires(BULK_OPERATIONS_RUN)]
) -> BulkOperationOut:
    """Stop a bulk operation. Items that were already changed stay changed."""
    await cancel_bulk_operation(work, operation)
    return BulkOperationOut.of(operation)
