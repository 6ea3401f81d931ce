"""Which project, proposal or invoice an event is about: the log keeps its id, and asks what it is called when read."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, SQLColumnExpression, Text, case, func, literal_column, or_

from capecontrol.core.db.constant import constant
from capecontrol.core.record_search import RecordKind
from capecontrol.features.audit.dao.ids import uuid_in
from capecontrol.features.audit.models import AuditEvent
from capecontrol.features.billing.interface import invoice_code, invoice_title
from capecontrol.features.projects.interface import project_code, project_title
from capecontrol.features.proposals.interface import proposal_code, proposal_title

#: What an event is about that names several: a payment names its invoice, the proposal and the project.
_CLOSEST_FIRST = (RecordKind.INVOICE, RecordKind.PROPOSAL, RecordKind.PROJECT)
_OWN = case((AuditEvent.resource_type.in_([constant(kind) for kind in RecordKind]), uuid_in(AuditEvent.resource_id)))


def _member(kind: RecordKind) -> ColumnElement[str]:
    return AuditEvent.details.op("->>", return_type=Text())(literal_column(f"'{kind}_id'", Text))


def _named(kind: RecordKind) -> ColumnElement[UUID | None]:
    """Return the id of a record that an event names beside what it acted on."""
    return uuid_in(_member(kind))


def names_record(identifier: SQLColumnExpression[str]) -> ColumnElement[bool]:
    """Return the condition that an event names a record of this id beside what it acted on."""
    return or_(*(_member(kind) == identifier for kind in _CLOSEST_FIRST))


_ID = func.coalesce(_OWN, *(_named(kind) for kind in _CLOSEST_FIRST))
_KIND = case(
    (_OWN.is_not(None), AuditEvent.resource_type),
    *((_named(kind).is_not(None), constant(kind)) for kind in _CLOSEST_FIRST),
)
_CODES = {
    RecordKind.PROJECT: project_code(_ID),
    RecordKind.PROPOSAL: proposal_code(_ID),
    RecordKind.INVOICE: invoice_code(_ID),
}
_TITLES = {
    RecordKind.PROJECT: project_title(_ID),
    RecordKind.PROPOSAL: proposal_title(_ID),
    RecordKind.INVOICE: invoice_title(_ID),
}


def _of_kind(columns: Mapping[RecordKind, ColumnElement[str | None]]) -> ColumnElement[str | None]:
    return case(*((constant(kind), column) for kind, column in columns.items()), value=_KIND)


#: What a row of the log has besides. A record that is gone has neither code nor title.
RECORD: dict[str, ColumnElement[Any]] = {
    "record_kind": _KIND,
    "record_id": _ID,
    "record_code": _of_kind(_CODES),
    "record_title": _of_kind(_TITLES),
}
