"""Queries of proposals."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ARRAY,
    BindParameter,
    ColumnElement,
    FromClause,
    Integer,
    Select,
    SQLColumnExpression,
    Subquery,
    Uuid,
    all_,
    any_,
    bindparam,
    func,
    or_,
    select,
)

from capecontrol.core.actor import ActorType
from capecontrol.core.dao import Dao
from capecontrol.core.db.constant import constant
from capecontrol.core.db.text_search import contains
from capecontrol.core.figures import Amounts, Figure
from capecontrol.core.page_read import PageRead
from capecontrol.core.pagination import PageQuery, Slice
from capecontrol.core.permissions import Realm
from capecontrol.core.scoped_read import Owned, Part, ScopedRead
from capecontrol.features.projects.interface import OwnedProject, owned_projects_to_join, projects_to_join
from capecontrol.features.proposals.lifecycle import OVER, SHOWN, ProposalStatus
from capecontrol.features.proposals.models import Proposal
from capecontrol.features.proposals.pending import PendingProposal


@dataclass(frozen=True, slots=True)
class ProposalFilter:
    """What a reader looks for; every part narrows the answer."""

    project_id: uuid.UUID | None = None
    org_id: uuid.UUID | None = None
    status: ProposalStatus | None = None
    q: str | None = None


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
        """Return a page of proposals, newest first. What is past its validity counts as EXPIRED, swept or not."""
        # What is overdue and not yet swept is few or none. It is named by id, so that the index of the status, which is
        # in the list's order, answers alone when there is none.
        is_of_time = wanted.status in (ProposalStatus.SENT, ProposalStatus.EXPIRED)
        overdue = (await self.overdue_ids(now) or None) if is_of_time else None
        takes_overdue = overdue is not None and wanted.status is ProposalStatus.EXPIRED
        return await _PROPOSALS.page(
            self.work,
            query,
            shown=not self.sees_all,
            project_id=wanted.project_id,
            org_id=wanted.org_id,
            status=None if takes_overdue else wanted.status,
            expired_or_overdue=takes_overdue,
            not_overdue=overdue is not None and not takes_overdue,
            overdue=overdue,
            q=wanted.q or None,
        )

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

    async def to_revise(self, limit: int) -> list[PendingProposal]:
        """Return proposals whose client asked for changes, the longest waiting first."""
        return await _TO_REVISE.all(self.work, rows=limit)


_OVERDUE = bindparam("overdue", type_=ARRAY(Uuid))
_OVERDUE_IDS: ScopedRead[uuid.UUID] = ScopedRead(
    select(Proposal.id).where(
        Proposal.status == constant(ProposalStatus.SENT), Proposal.valid_until <= bindparam("now")
    ),
    lambda identifier: identifier,
    owner=Proposal.org_id,
)
_PROPOSALS = PageRead(
    Proposal,
    shown=ProposalDao.shown,
    project_id=Proposal.project_id == bindparam("project_id"),
    org_id=Proposal.org_id == bindparam("org_id"),
    expired_or_overdue=(Proposal.status == ProposalStatus.EXPIRED) | (Proposal.id == any_(_OVERDUE)),
    not_overdue=Proposal.id != all_(_OVERDUE),
    status=Proposal.status == bindparam("status"),
    searches=["q"],
    q=contains(Proposal.title, bindparam("q")),
)


def _pending() -> Select[Any]:
    """Return the proposals as ``PendingProposal`` reads them."""
    project = projects_to_join()
    return select(
        Proposal.id, Proposal.org_id, project.c.code, Proposal.version, Proposal.title, Proposal.status,
        Proposal.updated_at, Proposal.valid_until, Proposal.sent_at, Proposal.decided_at, Proposal.decision_note,
        Proposal.total, Proposal.currency,
    ).join(project, project.c.id == Proposal.project_id)  # fmt: skip


_TO_REVISE = ScopedRead(
    _pending()
    .where(Proposal.status == constant(ProposalStatus.CHANGES_REQUESTED))
    .order_by(Proposal.updated_at, Proposal.id)
    .limit(bindparam("rows", type_=Integer)),
    PendingProposal.read,
    owner=Proposal.org_id,
)


def _waits_for_an_answer(now: BindParameter[datetime]) -> tuple[ColumnElement[bool], ...]:
    return Proposal.status == constant(ProposalStatus.SENT), Proposal.valid_until > now


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


def approved_proposals_to_join() -> Subquery:
    """Return what was approved, for a statement of another feature: ``id, org_id, total, currency, updated_at``."""
    columns = (Proposal.id, Proposal.org_id, Proposal.total, Proposal.currency, Proposal.updated_at)
    return select(*columns).where(Proposal.status == constant(ProposalStatus.APPROVED)).subquery("approved")


def pending_proposal_to_join(proposal_id: SQLColumnExpression[uuid.UUID]) -> FromClause:
    """Return the proposal of an id, as ``PendingProposal`` reads it, for a statement of another feature.

    Each is looked up by itself, which the limit makes sure of: PostgreSQL takes every organization for one of average
    size, and of a large one would read all that there is.
    """
    return _pending().where(Proposal.id == proposal_id).limit(constant(1)).lateral("proposal")
