"""Which project, proposal or invoice an event is about: the log keeps its id, and its name is looked up when read."""

from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Text, case, func, literal_column, or_

from capecontrol.core.db.constant import constant
from capecontrol.core.record_search import RecordKind
from capecontrol.features.audit.dao.ids import id_in
from capecontrol.features.audit.models import AuditEvent
from capecontrol.features.billing.interface import invoice_name
from capecontrol.features.projects.interface import project_name
from capecontrol.features.proposals.interface import proposal_name

#: What an event is about that names several: a payment names its invoice, the proposal and the project.
_CLOSEST_FIRST = (RecordKind.INVOICE, RecordKind.PROPOSAL, RecordKind.PROJECT)
_OWN = case((AuditEvent.resource_type.in_([constant(kind) for kind in RecordKind]), id_in(AuditEvent.resource_id)))


def _member(kind: RecordKind) -> ColumnElement[str]:
    return AuditEvent.details.op("->>", return_type=Text())(literal_column(f"'{kind}_id'", Text))


def _named(kind: RecordKind) -> ColumnElement[UUID | None]:
    """Return the id of a record that an event names beside what it acted on."""
    return id_in(_member(kind))


def names_record(identifier: BindParameter[str]) -> ColumnElement[bool]:
    """Return the condition that an event names a record of this id beside what it acted on."""
    return or_(*(_member(kind) == identifier for kind in _CLOSEST_FIRST))


_ID = func.coalesce(_OWN, *(_named(kind) for kind in _CLOSEST_FIRST))
_TYPE = case(
    (_OWN.is_not(None), AuditEvent.resource_type),
    *((_named(kind).is_not(None), constant(kind)) for kind in _CLOSEST_FIRST),
)
_NAMES = {
    RecordKind.PROJECT: project_name(_ID),
    RecordKind.PROPOSAL: proposal_name(_ID),
    RecordKind.INVOICE: invoice_name(_ID),
}
#: What a row of the log has besides. A record that is gone has no name.
RECORD: dict[str, ColumnElement[object]] = {
    "record_type": _TYPE,
    "record_id": _ID,
    "record_name": case(*((constant(kind), name) for kind, name in _NAMES.items()), value=_TYPE),
}
