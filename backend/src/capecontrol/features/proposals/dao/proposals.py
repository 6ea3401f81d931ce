"""Queries of proposals."""

import uuid
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    SQLColumnExpression,
    Text,
    Uuid,
    all_,
    and_,
    any_,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    or_,
    select,
)

from capecontrol.core.actor import ActorType
from capecontrol.core.dao import Dao
from capecontrol.core.db.constant import constant
from capecontrol.core.db.sort_text import sort_text
from capecontrol.core.db.word_search import WordSearch
from capecontrol.core.export.span import BEGAN_AT
from capecontrol.core.lists.amounts import Amounts
from capecontrol.core.lists.page_read import PageRead
from capecontrol.core.lists.pagination import PageQuery, Slice
from capecontrol.core.money import Money
from capecontrol.core.permissions import Realm
from capecontrol.core.record_search import RecordKind, RecordSearch
from capecontrol.core.scoped_read import ScopedRead
from capecontrol.features.organizations.interface import organizations_to_join
from capecontrol.features.projects.interface import (
    OwnedProject,
    owned_projects_to_join,
    project_code,
    projects_to_join,
)
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

    async def sums(self, wanted: ProposalFilter, now: datetime) -> list[Money] | None:
        """Return what all proposals of a search come to, by currency; None where they are too many."""
        return await PROPOSALS.sums(self.work, **await self.values(wanted, now))

    async def values(self, wanted: ProposalFilter, now: datetime) -> dict[str, object]:
        """Return the values of the list's filters for whoever asks."""
        # What is overdue and not yet swept is few or none. It is named by id, so that the index of the status, which is
        # in the list's order, answers alone when there is none.
        is_of_time = wanted.status in (ProposalStatus.SENT, ProposalStatus.EXPIRED)
        overdue = (await self.overdue_ids(now) or None) if is_of_time else None
        takes_overdue = overdue is not None and wanted.status is ProposalStatus.EXPIRED
        return wanted.values() | {
            "shown": not self.sees_all,
            # Nobody waits for a decision that nobody can take.
            "is_open": wanted.status is ProposalStatus.SENT,
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

    async def newest_shown(self, project_id: uuid.UUID, *, before: int | None = None) -> Proposal | None:
        """Return the newest version of a project that the client may see, of all or of those before a version."""
        statement = self.select().where(Proposal.project_id == project_id, Proposal.status.in_(SHOWN))
        if before is not None:
            statement = statement.where(Proposal.version < before)
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
#: What proposals come to.
AMOUNTS = Amounts(Proposal.total, Proposal.currency)
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
    is_unpaid=and_(
        Proposal.status == constant(ProposalStatus.APPROVED), Proposal.paid_at.is_(None), ~Proposal.is_closed
    ),
    is_open=~Proposal.is_closed,
    amounts=AMOUNTS,
    words=_WORDS,
)


def status_shown() -> ColumnElement[str]:
    """Return the status that counts when an export begins, as ``lifecycle.status_at`` tells it."""
    is_overdue = (Proposal.status == constant(ProposalStatus.SENT)) & (Proposal.valid_until <= BEGAN_AT)
    return case((is_overdue, constant(ProposalStatus.EXPIRED)), else_=cast(Proposal.status, Text))


def proposal_code(proposal_id: SQLColumnExpression[Any]) -> ColumnElement[str | None]:
    """Select the project's code and the version of a proposal, ``PRJ-2026-007 v1``; null where none has the id."""
    code = func.concat(project_code(Proposal.project_id), literal_column("' v'", Text), Proposal.version)
    return select(code).where(Proposal.id == proposal_id).scalar_subquery()


def proposal_title(proposal_id: SQLColumnExpression[Any]) -> ColumnElement[str | None]:
    """Select the title of the proposal of an id, for a statement of another feature; null where no proposal has it."""
    return select(Proposal.title).where(Proposal.id == proposal_id).scalar_subquery()


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
