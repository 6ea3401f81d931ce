"""How features write their entries, and how pages read them."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from capecontrol.core.activity import ActivityCatalog, ActivityIcon, ActivityKind, ActivityTone, Visibility
from capecontrol.core.audit import Outcome
from capecontrol.core.changes.note import note_change
from capecontrol.core.changes.topic import Topic
from capecontrol.core.links import PagePath
from capecontrol.core.lists.pagination import PageQuery, Slice
from capecontrol.core.money import Money
from capecontrol.core.permissions import Realm
from capecontrol.core.wording import Data
from capecontrol.core.work import UnitOfWork
from capecontrol.features.activity.dao.entries import OF_SUBJECT, ActivityDao, LatestEntries, SubjectTitle
from capecontrol.features.activity.models import ActivityEntry

#: The list that ``activity_of`` reads, for the paging of a route.
ACTIVITY_LIST = OF_SUBJECT


@dataclass(frozen=True, slots=True)
class Activity:
    """One thing that happened, in words."""

    id: uuid.UUID
    occurred_at: datetime
    kind: str
    title: str
    detail: str | None
    amount: Money | None
    icon: ActivityIcon
    tone: ActivityTone
    actor: str | None
    link: PagePath | None
    org_id: uuid.UUID
    resource_type: str
    resource_id: uuid.UUID | None
    is_visible_to_client: bool
    #: The title of what it is told under, where entries of several subjects stand together.
    subject_title: str | None = None


async def record_act(
    work: UnitOfWork,
    kind: ActivityKind,
    *,
    org_id: uuid.UUID,
    subject: tuple[str, uuid.UUID],
    resource: tuple[str, uuid.UUID],
    told: Data,
    audited: Mapping[str, object],
    changed: Topic,
    is_for_clients: bool = True,
    outcome: Outcome = Outcome.SUCCESS,
) -> None:
    """Record an act in the audit log, tell it in the activity under the same id, and note what it changed.

    All in the transaction of the act.

    Args:
        work: the unit of work of the act.
        kind: the kind, as the writing feature declares it; the audit log has its key as the action.
        org_id: the organization that it concerns.
        subject: type and id of what it is told under, such as a project.
        resource: type and id of what it is about.
        told: the members that the kind declares; never a secret.
        audited: what the audit log has of it; never a secret.
        changed: the topic of what it is about.
        is_for_clients: whether the organization's own people may know that what it is about is there.
        outcome: how it ended; what failed is marked as such.

    Raises:
        ValueError: a declared member is missing, or another one is given.
    """
    kind.check_data(told)
    event_id = await work.record(kind.key, resource=resource, org_id=org_id, outcome=outcome, metadata=audited)
    actor = work.actor
    ActivityDao(work).add_last(
        ActivityEntry(
            id=event_id,
            org_id=org_id,
            occurred_at=work.now(),
            kind=kind.key,
            visibility=kind.visibility,
            outcome=outcome,
            actor_type=actor.kind,
            actor_id=actor.id,
            # An account that was made without a name has its address there.
            actor_name=(actor.name or "").partition("@")[0] or None,
            subject_type=subject[0],
            subject_id=subject[1],
            resource_type=resource[0],
            resource_id=resource[1],
            data={name: value for name, value in told.items() if value is not None},
        )
    )
    note_change(
        work,
        changed,
        resource[1],
        org_id=org_id,
        project_id=subject[1] if subject[0] == "project" else None,
        is_for_clients=is_for_clients,
    )


async def activity_of(
    work: UnitOfWork,
    catalog: ActivityCatalog,
    subject: tuple[str, uuid.UUID],
    query: PageQuery,
    *,
    zone: ZoneInfo,
    as_client: bool = False,
) -> Slice[Activity]:
    """Return a page of what is told under a subject, newest first: to staff everything, to clients what is theirs.

    ``zone`` decides what is one day where several entries are one line. ``as_client`` leaves out what clients are not
    told, so that staff see the page as the client does.
    """
    page = await ActivityDao(work).of_subject(*subject, query, catalog=catalog, zone=zone, as_client=as_client)
    return Slice(
        rows=[_worded(row, catalog, work.actor.realm) for row in page.rows],
        next_cursor=page.next_cursor,
        total=page.total,
        total_capped=page.total_capped,
        page=page.page,
        pages=page.pages,
    )


class LatestActivity:
    """The newest of several subjects, for a page that asks for it together with other things."""

    def __init__(self, subject_title: SubjectTitle, rows: int) -> None:
        """Take what selects the title of a subject from the feature that has it, and how many to return."""
        self._entries = LatestEntries(subject_title, rows)

    async def read(self, work: UnitOfWork, catalog: ActivityCatalog, *, zone: ZoneInfo) -> list[Activity]:
        """Return the newest of the scope: to staff everything, to clients what is theirs."""
        rows = await self._entries.read(work, catalog=catalog, zone=zone)
        return [_worded(row, catalog, work.actor.realm, row.subject_title) for row in rows]


def _worded(
    row: ActivityEntry, catalog: ActivityCatalog, realm: Realm | None, subject_title: str | None = None
) -> Activity:
    kind = catalog.kind(row.kind)
    told = _told(row, kind, catalog, realm, subject_title)
    count, failed = row.folded or (1, 0)
    if kind.fold is None or count == 1:
        return told
    icon, tone = kind.look(has_failed=failed > 0)
    return replace(
        told,
        title=kind.fold.say(str(row.data[kind.fold.by]), count, failed),
        detail=None,
        amount=None,
        actor=None,
        icon=icon,
        tone=tone,
    )


def _told(
    row: ActivityEntry, kind: ActivityKind, catalog: ActivityCatalog, realm: Realm | None, subject_title: str | None
) -> Activity:
    icon, tone = kind.look(has_failed=row.outcome is Outcome.FAILURE)
    return Activity(
        id=row.id,
        occurred_at=row.occurred_at,
        kind=row.kind,
        title=kind.title_for(realm)(row.data),
        detail=kind.detail(row.data),
        amount=kind.amount(row.data),
        icon=icon,
        tone=tone,
        actor=row.actor_name,
        link=kind.link(row.subject_id, row.resource_id),
        org_id=row.org_id,
        resource_type=row.resource_type,
        resource_id=row.resource_id,
        is_visible_to_client=row.visibility == Visibility.CLIENT and row.kind in catalog.keys,
        subject_title=subject_title,
    )
