"""People in the audit log: it keeps their ids, and their names are looked up when it is read."""

from capecontrol.core.actor import ActorType
from capecontrol.core.permissions import Realm
from capecontrol.core.work import UnitOfWork
from capecontrol.features.audit.models import AuditEvent
from capecontrol.features.identity.interface import find_people

#: How many people a part of a name may mean. A search that matches more people is too broad.
PEOPLE_MAX = 1000


async def people_named(work: UnitOfWork, part: str | None) -> list[str] | None:
    """Return the ids, as the events carry them, of the people whose name or address holds a text; None for no text."""
    return None if part is None else [str(identifier) for identifier in await find_people(work, part, PEOPLE_MAX)]


def actor_type(event: AuditEvent) -> ActorType:
    """Return what kind of actor it was: OPERATOR for staff, whom the table tells by their realm (ADR 0014)."""
    is_staff = event.actor_type == ActorType.USER and event.actor_realm == Realm.ADMIN
    return ActorType.OPERATOR if is_staff else event.actor_type
