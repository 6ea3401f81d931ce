"""The audit log as a file: what stands in its columns."""

from capecontrol.core.export.column import Column
from capecontrol.core.export.csv_list import CsvList
from capecontrol.features.audit.dao.events import EVENTS, actor_shown, actor_type_shown, person_acting, resource_shown
from capecontrol.features.audit.models import AuditEvent
from capecontrol.features.identity.interface import person_to_join
from capecontrol.features.organizations.interface import organization_to_join

_PERSON = person_to_join(person_acting())
_ORGANIZATION = organization_to_join(AuditEvent.org_id)

#: Programs read it by the names of its columns, and would take a byte order mark for a part of the first.
AUDIT_CSV = CsvList(
    "audit",
    EVENTS,
    Column.own("id", AuditEvent.id),
    Column.moment("timestamp", AuditEvent.occurred_at),
    Column.text("actor_id", AuditEvent.actor_id),
    Column.own("actor_type", actor_type_shown()),
    Column.text("action", AuditEvent.action),
    Column.text("resource", resource_shown()),
    Column.own("outcome", AuditEvent.outcome),
    Column.own("org_id", AuditEvent.org_id),
    Column.text("ip_address", AuditEvent.ip_address),
    Column.text("metadata", AuditEvent.details),
    Column.text("actor", actor_shown(_PERSON)),
    Column.text("organization", _ORGANIZATION.c.name),
    Column.text("request_id", AuditEvent.request_id),
    area="audit",
    joins=[_PERSON, _ORGANIZATION],
    has_mark=False,
)
