"""Queries of proposals."""

import uuid
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ARRAY,
    BindParameter,
    ColumnElement,
    FromClause,
    Select,
    Text,
    Uuid,
    all_,
    any_,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from capecontrol.core.actor import ActorType
from capecontrol.core.dao import Dao
from capecontrol.core.db.constant import constant
from capecontrol.core.db.open_end import after
from capecontrol.core.db.sort_text import sort_text
from capecontrol.core.db.word_search import WordSearch
from capecontrol.core.export.span import BEGAN_AT
from capecontrol.core.figures import Amounts, Figure
from capecontrol.core.lists.page_read import PageRead
from capecontrol.core.lists.pagination import PageQuery, Slice
from capecontrol.core.permissions import Realm
from capecontrol.core.record_search import RecordKind, RecordSearch
from capecontrol.core.scoped_read import Owned, Part, ScopedRead
from capecontrol.features.organizations.interface import organizations_to_join
from capecontrol.features.projects.interface import OwnedProject, owned_projects_to_join, projects_to_join
from capecontrol.features.proposals.filters import ProposalFilter
from capecontrol.features.proposals.lifecycle import OVER, SHOWN, ProposalStatus
from capecontrol.features.proposals.models import Proposal, ProposalToken
from capecontrol.features.proposals.permissions import PROPOSALS_READ


class ProposalDao(Dao[Proposal]):
    """Proposals within the scope. Only staff and the system see what was not sent, whatever the question."""

    model = Proposal
    shown = or_(*(Proposal.status == status for status in SHOWN))

    @property
    def sees_all(self) -> bool:
        """Keep all but staff and the system away from drafts."""
        actor = self.work.actor
        return actor.realm is Realm.ADMIN or actor.kind is ActorType.SYSTEM

    async def search(self, wanted: ProposalFilter, now: datetime, query: PageQuery) -> Slice[Proposal]:
        """Return a page of proposals. What is past its validity counts as EXPIRED, swept or not."""
        return await PROPOSALS.page(self.work, query, **await self.values(wanted, now))

    async def values(self, wanted: ProposalFilter, now: datetime) -> dict[str, object]:
        """Return the values of the list's filters for whoever asks."""
        # What is overdue and not yet swept is few or none. It is named by id, so that the index of the status, which is
        # in the list's order, answers alone when there is none.
        is_of_time = wanted.status in (ProposalStatus.SENT, ProposalStatus.EXPIRED)
        overdue = (await self.overdue_ids(now) or None) if is_of_time else None
        takes_overdue = overdue is not None and wanted.status is ProposalStatus.EXPIRED
        return wanted.values() | {
            "shown": not self.sees_all,
            "status": None if takes_overdue else wanted.status,
            "expired_or_overdue": takes_overdue,
            "not_overdue": overdue is not None and not takes_overdue,
            "overdue": overdue,
        }

    async def overdue_ids(self, now: datetime) -> list[uuid.UUID]:
        """Return the ids of proposals that wait for an answer beyond their validity."""
        return await _OVERDUE_IDS.all(self.work, now=now)

    async def project_of(self, proposal_id: uuid.UUID) -> OwnedProject | None:
        """Return a proposal's project and whose it is, or None when the proposal is not there or not in the scope."""
        project = owned_projects_to_join()
        statement = (
            select(*project.c)
            .join(Proposal, Proposal.project_id == project.c.id)
            .where(*self.owned(), Proposal.id == proposal_id)
        )
        row = (await self.work.transaction.connection.execute(statement)).one_or_none()
        return OwnedProject.read(*row) if row else None

    async def standing_of(self, project_id: uuid.UUID) -> list[Proposal]:
        """Return the versions of a project that are not over, swept or not: the newest first."""
        statement = self.select().where(Proposal.project_id == project_id, Proposal.status.not_in(OVER))
        return await self.all(statement.order_by(Proposal.version.desc()))

    async def last_version(self, project_id: uuid.UUID) -> int:
        """Return the highest version of a project, 0 before the first."""
        statement = select(func.max(Proposal.version)).where(*self.within_scope(), Proposal.project_id == project_id)
        return (await self.session.execute(statement)).scalar_one() or 0

    async def newest_shown(self, project_id: uuid.UUID) -> Proposal | None:
        """Return the newest version of a project that the client may see."""
        statement = self.select().where(Proposal.project_id == project_id, Proposal.status.in_(SHOWN))
        return await self.one(statement.order_by(Proposal.version.desc()).limit(1))

    async def by_token_hash(self, token_hash: str) -> Proposal | None:
        """Return the proposal that a viewing link opens."""
        return await self.one(
            self.select().where(Proposal.viewing_token_hash == token_hash, Proposal.status.in_(SHOWN))
        )

    async def overdue(self, now: datetime, limit: int) -> list[Proposal]:
        """Return proposals that wait for an answer beyond their validity, longest first."""
        statement = self.select().where(Proposal.status == ProposalStatus.SENT, Proposal.valid_until <= now)
        return await self.all(statement.order_by(Proposal.valid_until).limit(limit))


_OVERDUE = bindparam("overdue", type_=ARRAY(Uuid))
_OVERDUE_IDS: ScopedRead[uuid.UUID] = ScopedRead(
    select(Proposal.id).where(
        Proposal.status == constant(ProposalStatus.SENT), Proposal.valid_until <= bindparam("now")
    ),
    lambda identifier: identifier,
    owner=Proposal.org_id,
)
#: What has no end comes behind everything that has one.
_ENDS = func.coalesce(Proposal.valid_until, literal_column("'9999-12-31 00:00:00+00'::timestamptz"))
_WORDS = WordSearch(ProposalToken.token, ProposalToken.proposal_id, ProposalToken.org_id)
PROPOSALS = PageRead(
    Proposal,
    sorts={
        "updated_at": Proposal.updated_at,
        "title": sort_text(Proposal.title),
        "total": Proposal.total,
        "valid_until": _ENDS,
    },
    shown=ProposalDao.shown,
    project_id=Proposal.project_id == bindparam("project_id"),
    org_id=Proposal.org_id == bindparam("org_id"),
    expired_or_overdue=(Proposal.status == ProposalStatus.EXPIRED) | (Proposal.id == any_(_OVERDUE)),
    not_overdue=Proposal.id != all_(_OVERDUE),
    status=Proposal.status == bindparam("status"),
    since=Proposal.created_at >= bindparam("since"),
    until=Proposal.created_at < bindparam("until"),
    words=_WORDS,
)


def status_shown() -> ColumnElement[str]:
    """Return the status that counts when an export begins, as ``lifecycle.status_at`` tells it."""
    is_overdue = (Proposal.status == constant(ProposalStatus.SENT)) & (Proposal.valid_until <= BEGAN_AT)
    return case((is_overdue, constant(ProposalStatus.EXPIRED)), else_=cast(Proposal.status, Text))


def _pending() -> Select[Any]:
    """Return the proposals as ``PendingProposal`` reads them."""
    project = projects_to_join()
    return select(
        Proposal.id, Proposal.org_id, project.c.code, Proposal.version, Proposal.title, Proposal.status,
        Proposal.updated_at, Proposal.valid_until, Proposal.sent_at, Proposal.decided_at, Proposal.decision_note,
        Proposal.total, Proposal.currency,
    ).join(project, project.c.id == Proposal.project_id)  # fmt: skip


#: Of how many versions that were declined or expired, the latest, it is looked whether staff have gone on with them.
_ENDED_LOOKED_AT = 200
_OF_STALLED = (
    Proposal.id, Proposal.org_id, Proposal.project_id, Proposal.version, Proposal.status, Proposal.updated_at,
    Proposal.valid_until, Proposal.decided_at, Proposal.decision_note, Proposal.total, Proposal.currency,
)  # fmt: skip


def _stalled(source: FromClause) -> tuple[Select[Any], ColumnElement[Any], FromClause]:
    """Return versions as ``StalledProposal`` reads them, which version follows each, and the projects beside them."""
    version, project, following = source.c, projects_to_join(), aliased(Proposal)
    is_next = (following.org_id == version.org_id, following.project_id == version.project_id)
    next_id = (
        select(following.id)
        .where(*is_next, following.version > version.version)
        .order_by(following.version.desc())
        .limit(constant(1))
        .scalar_subquery()
    )
    columns = (
        version.id, version.org_id, version.project_id, project.c.code, project.c.title, version.version,
        version.status, version.updated_at, version.valid_until, version.decided_at, version.decision_note,
        next_id.label("next_id"),
        version.total, version.currency,
    )  # fmt: skip
    return select(*columns).join(project, project.c.id == version.project_id), next_id, project


def proposals_to_revise(limit: int) -> Part:
    """Return the SELECT of the versions whose client asked for changes, those that have waited longest."""

    def written(owned: Owned) -> Select[Any]:
        asked = Proposal.status == constant(ProposalStatus.CHANGES_REQUESTED)
        waiting = select(*_OF_STALLED).where(asked, *owned(Proposal.org_id))
        waiting = waiting.order_by(Proposal.updated_at, Proposal.id).limit(constant(limit))
        statement, _, _ = _stalled(waiting.subquery("proposal"))
        return statement

    return written


def proposals_that_ended(limit: int) -> Part:
    """Return the SELECT of the latest versions that were declined or expired and that nobody has gone on with."""

    def written(owned: Owned) -> Select[Any]:
        is_over = or_(*(Proposal.status == constant(one) for one in (ProposalStatus.DECLINED, ProposalStatus.EXPIRED)))
        latest = select(*_OF_STALLED).where(is_over, *owned(Proposal.org_id))
        latest = latest.order_by(Proposal.updated_at.desc(), Proposal.id.desc()).limit(constant(_ENDED_LOOKED_AT))
        source = latest.subquery("proposal")
        statement, next_id, project = _stalled(source)
        statement = statement.where(next_id.is_(None), ~project.c.is_archived)
        return statement.order_by(source.c.updated_at.desc(), source.c.id.desc()).limit(constant(limit))

    return written


_CODED = projects_to_join()
#: For staff, who see drafts; clients are shown what was sent.
PROPOSAL_SEARCH = RecordSearch(
    kind=RecordKind.PROPOSAL,
    permission=PROPOSALS_READ,
    words=_WORDS,
    id=Proposal.id,
    org_id=Proposal.org_id,
    created_at=Proposal.created_at,
    updated_at=Proposal.updated_at,
    title=Proposal.title,
    code=_CODED.c.code,
    version=Proposal.version,
    status=Proposal.status,
    organization=organizations_to_join(),
    joined=(_CODED, _CODED.c.id == Proposal.project_id),
)
SHOWN_PROPOSAL_SEARCH = replace(PROPOSAL_SEARCH, shown=ProposalDao.shown)


def _waits_for_an_answer(now: BindParameter[datetime]) -> tuple[ColumnElement[bool], ...]:
    return Proposal.status == constant(ProposalStatus.SENT), after(Proposal.valid_until, now)


def proposals_to_decide(now: BindParameter[datetime], limit: int) -> Part:
    """Return the SELECT of the proposals that have waited longest for their client's answer."""

    def written(owned: Owned) -> Select[Any]:
        waiting = _pending().where(*_waits_for_an_answer(now), *owned(Proposal.org_id))
        return waiting.order_by(Proposal.updated_at, Proposal.id).limit(constant(limit))

    return written


def proposals_waiting(now: BindParameter[datetime]) -> Figure:
    """Return what waits for a client's answer, and its worth, as a figure."""
    amounts = Amounts(Proposal.total, Proposal.currency)
    return Figure(*_waits_for_an_answer(now), owner=Proposal.org_id, amounts=amounts)


def proposals_to_pay(limit: int) -> Part:
    """Return the SELECT of the proposals that were approved and are not paid, those that changed last."""

    def written(owned: Owned) -> Select[Any]:
        unpaid = _pending().where(*_waits_for_payment(), *owned(Proposal.org_id))
        return unpaid.order_by(Proposal.updated_at.desc(), Proposal.id.desc()).limit(constant(limit))

    return written


def money_to_pay() -> Figure:
    """Return what was approved and is not paid, as a figure."""
    amounts = Amounts(Proposal.total, Proposal.currency)
    return Figure(*_waits_for_payment(), owner=Proposal.org_id, amounts=amounts)


def _waits_for_payment() -> tuple[ColumnElement[bool], ...]:
    return Proposal.status == constant(ProposalStatus.APPROVED), Proposal.paid_at.is_(None)
