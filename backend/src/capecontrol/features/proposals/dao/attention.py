"""What dashboards ask of proposals: what waits for somebody, and what it is worth."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    FromClause,
    Select,
    Text,
    cast,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from capecontrol.core.db.constant import constant
from capecontrol.core.db.open_end import after
from capecontrol.core.figures import Figure
from capecontrol.core.outbox.dao import IS_DEAD
from capecontrol.core.outbox.model import OutboxMessage
from capecontrol.core.scoped_read import Owned, Part
from capecontrol.features.projects.interface import projects_to_join
from capecontrol.features.proposals.dao.proposals import AMOUNTS
from capecontrol.features.proposals.lifecycle import BEING_PAID, LOST, SHOWN, PaymentProgress, ProposalStatus
from capecontrol.features.proposals.models import Proposal


def _pending() -> Select[Any]:
    """Return the proposals as ``PendingProposal`` reads them."""
    project = projects_to_join()
    return select(
        Proposal.id, Proposal.org_id, project.c.code, Proposal.version, Proposal.title, Proposal.status,
        Proposal.updated_at, Proposal.valid_until, Proposal.sent_at, Proposal.decided_at, Proposal.decision_note,
        Proposal.payment_progress, Proposal.payment_progress_at, Proposal.is_closed, Proposal.total, Proposal.currency,
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
        waiting = select(*_OF_STALLED).where(
            asked, Proposal.dismissed_at.is_(None), ~Proposal.is_closed, *owned(Proposal.org_id)
        )
        waiting = waiting.order_by(Proposal.updated_at, Proposal.id).limit(constant(limit))
        statement, _, _ = _stalled(waiting.subquery("proposal"))
        return statement

    return written


def proposals_that_ended(limit: int) -> Part:
    """Return the SELECT of the latest versions that were declined or expired and that nobody has gone on with."""

    def written(owned: Owned) -> Select[Any]:
        is_over = or_(*(Proposal.status == constant(one) for one in (ProposalStatus.DECLINED, ProposalStatus.EXPIRED)))
        latest = select(*_OF_STALLED).where(is_over, Proposal.dismissed_at.is_(None), *owned(Proposal.org_id))
        latest = latest.order_by(Proposal.updated_at.desc(), Proposal.id.desc()).limit(constant(_ENDED_LOOKED_AT))
        source = latest.subquery("proposal")
        statement, next_id, project = _stalled(source)
        statement = statement.where(next_id.is_(None), ~project.c.is_archived)
        return statement.order_by(source.c.updated_at.desc(), source.c.id.desc()).limit(constant(limit))

    return written


def proposals_not_delivered(now: BindParameter[datetime], limit: int) -> Part:
    """Return the SELECT of the versions that wait for an answer to an e-mail that did not arrive, the oldest first."""

    def written(owned: Owned) -> Select[Any]:
        project = projects_to_join()
        lost = select(
            Proposal.id, Proposal.org_id, project.c.code, project.c.title, Proposal.version, Proposal.updated_at,
            Proposal.undelivered, Proposal.total, Proposal.currency,
        ).join(project, project.c.id == Proposal.project_id)  # fmt: skip
        lost = lost.where(*_waits_for_an_answer(now), _is_lost(), *owned(Proposal.org_id))
        return lost.order_by(Proposal.updated_at, Proposal.id).limit(constant(limit))

    return written


def letters_of_lost_proposals(now: BindParameter[datetime]) -> Figure:
    """Return the dead letters that a waiting version names among its lost e-mails, as a figure."""
    is_named = select(Proposal.id).where(
        *_waits_for_an_answer(now),
        Proposal.org_id == OutboxMessage.org_id,
        _is_lost(),
        Proposal.undelivered.has_key(cast(OutboxMessage.id, Text)),
    )
    return Figure(*IS_DEAD, is_named.exists(), owner=OutboxMessage.org_id)


def _is_lost() -> ColumnElement[bool]:
    return Proposal.undelivered != literal_column("'{}'::jsonb")


def _waits_for_an_answer(now: BindParameter[datetime]) -> tuple[ColumnElement[bool], ...]:
    return Proposal.status == constant(ProposalStatus.SENT), ~Proposal.is_closed, after(Proposal.valid_until, now)


def proposals_to_decide(now: BindParameter[datetime], limit: int) -> Part:
    """Return the SELECT of the proposals that have waited longest for their client's answer."""

    def written(owned: Owned) -> Select[Any]:
        waiting = _pending().where(*_waits_for_an_answer(now), *owned(Proposal.org_id))
        return waiting.order_by(Proposal.updated_at, Proposal.id).limit(constant(limit))

    return written


def offers_expired(limit: int) -> Part:
    """Return the SELECT of the latest proposals that a client let expire and was sent nothing else for."""

    def written(owned: Owned) -> Select[Any]:
        newer, project = aliased(Proposal), projects_to_join()
        was_sent = or_(*(newer.status == constant(status) for status in sorted(SHOWN)))
        has_newer = (
            select(newer.id)
            .where(
                newer.org_id == Proposal.org_id,
                newer.project_id == Proposal.project_id,
                newer.version > Proposal.version,
                was_sent,
            )
            .exists()
        )
        is_archived = select(project.c.is_archived).where(project.c.id == Proposal.project_id).scalar_subquery()
        expired = _pending().where(
            Proposal.status == constant(ProposalStatus.EXPIRED),
            Proposal.client_dismissed_at.is_(None),
            ~has_newer,
            ~is_archived,
            *owned(Proposal.org_id),
        )
        return expired.order_by(Proposal.updated_at.desc(), Proposal.id.desc()).limit(constant(limit))

    return written


def proposals_waiting(now: BindParameter[datetime]) -> Figure:
    """Return what waits for a client's answer, and its worth, as a figure."""
    return Figure(*_waits_for_an_answer(now), owner=Proposal.org_id, amounts=AMOUNTS)


def proposals_to_pay(limit: int) -> Part:
    """Return the SELECT of the proposals that were approved and are not paid, those that changed last."""

    def written(owned: Owned) -> Select[Any]:
        unpaid = _pending().where(*_waits_for_payment(), *owned(Proposal.org_id))
        return unpaid.order_by(Proposal.updated_at.desc(), Proposal.id.desc()).limit(constant(limit))

    return written


def payments_lost(limit: int) -> Part:
    """Return the SELECT of the unpaid proposals whose last payment failed, or ended without anybody knowing how."""

    def written(owned: Owned) -> Select[Any]:
        is_lost = or_(*(Proposal.payment_progress == constant(one) for one in LOST))
        # A payment that failed can't be tried again once the project is archived; what became of one that nobody
        # confirmed is still to be found out.
        concerns = or_(~Proposal.is_closed, Proposal.payment_progress == constant(PaymentProgress.UNCONFIRMED))
        lost = _pending().where(is_lost, Proposal.paid_at.is_(None), concerns, *owned(Proposal.org_id))
        return lost.order_by(Proposal.payment_progress_at.desc(), Proposal.id.desc()).limit(constant(limit))

    return written


def payments_silent(since: BindParameter[datetime], limit: int) -> Part:
    """Return the SELECT of the proposals whose money has been on its way since before a moment, the longest first."""

    def written(owned: Owned) -> Select[Any]:
        silent = _pending().where(
            Proposal.payment_progress == constant(PaymentProgress.PROCESSING),
            Proposal.paid_at.is_(None),
            Proposal.payment_progress_at < since,
            *owned(Proposal.org_id),
        )
        return silent.order_by(Proposal.payment_progress_at, Proposal.id).limit(constant(limit))

    return written


def money_to_pay() -> Figure:
    """Return what was approved and is not paid, as a figure."""
    return Figure(*_waits_for_payment(), owner=Proposal.org_id, amounts=AMOUNTS)


def money_being_paid() -> Figure:
    """Return the part of it whose payment is under way, as a figure."""
    is_under_way = or_(*(Proposal.payment_progress == constant(one) for one in BEING_PAID))
    return Figure(*_waits_for_payment(), is_under_way, owner=Proposal.org_id, amounts=AMOUNTS)


def _waits_for_payment() -> tuple[ColumnElement[bool], ...]:
    return Proposal.status == constant(ProposalStatus.APPROVED), Proposal.paid_at.is_(None), ~Proposal.is_closed
