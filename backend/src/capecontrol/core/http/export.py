"""Exports: a list as a file of CSV, streamed, on record from before its first byte until after its last.

What a route needs: ``requires_export(permission)`` in its signature, the list's filter and its order, and
``export.of(…)`` as its answer. ``CSV_RESPONSES`` and ``EXPORT_PROBLEMS`` describe it.
"""

from dataclasses import dataclass
from typing import Any

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response

from capecontrol.core.export.csv_list import CsvList
from capecontrol.core.export.span import Part, Span
from capecontrol.core.http.access import Access
from capecontrol.core.http.csv_response import CsvResponse, ReadPart
from capecontrol.core.http.export_places import ExportsBusy
from capecontrol.core.http.export_request import ExportRequest
from capecontrol.core.http.limits import Limit, Subject
from capecontrol.core.permissions import Permission
from capecontrol.core.problems import Problem
from capecontrol.core.work import UnitOfWork

#: Each goes through a whole list.
EXPORTS = Limit("exports", per_second=0.2, burst=30, by=Subject.ACTOR)

#: What an operation that exports declares (``responses=``, ``problems=``).
CSV_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The CSV file, streamed. If the transfer is cut short, the file is incomplete.",
        "content": {"text/csv": {"schema": {"type": "string"}}},
    }
}
EXPORT_PROBLEMS: tuple[type[Problem], ...] = (ExportsBusy,)
#: All of it: ``@router.get(path, operation_id=…, summary=…, **CSV)``.
CSV: dict[str, Any] = {"response_class": Response, "responses": CSV_RESPONSES, "problems": EXPORT_PROBLEMS}


class Export(ExportRequest):
    """A request for a file, of a caller who may have it, as a route is given it."""

    def of(self, listed: CsvList, sort: str, **wanted: object) -> CsvResponse:
        """Return the answer that writes a list.

        Args:
            listed: which list.
            sort: its order.
            wanted: values of its filters.
        """

        async def read(work: UnitOfWork, span: Span) -> Part:
            return await listed.part(work, span, sort, **wanted)

        return self.of_parts(listed, sort, read)

    def of_parts(self, listed: CsvList, sort: str, read: ReadPart) -> CsvResponse:
        """Return the answer that writes a list whose filters have their values from the database, or of the moment.

        Args:
            listed: which list.
            sort: its order.
            read: reads the next part of it.
        """
        return CsvResponse(self, listed, sort, read)


@dataclass(frozen=True, slots=True)
class RequiresExport(Access):
    """A permission, and what writes the file."""

    async def __call__(self, request: Request) -> Export:
        """Return it."""
        return Export(request)


def requires_export(permission: Permission) -> Any:
    """Demand a permission, and give the request for a file.

    Args:
        permission: that of the list.
    """
    return Depends(RequiresExport(permission, limits=(EXPORTS,)), scope="function")
