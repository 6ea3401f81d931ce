"""What was approved and is not paid."""

from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, exists, select, true

from capecontrol.core.db.constant import constant
from capecontrol.core.figures import Amounts, Figure
from capecontrol.core.scoped_read import Owned, Part
from capecontrol.features.billing.lifecycle import IntentStatus
from capecontrol.features.billing.models import PaymentIntent
from capecontrol.features.proposals.interface import approved_proposals_to_join, pending_proposal_to_join


def money_to_pay() -> Figure:
    """Return what was approved and is not paid, as a figure."""
    approved = approved_proposals_to_join()
    amounts = Amounts(approved.c.total, approved.c.currency)
    return Figure(_is_unpaid(approved), owner=approved.c.org_id, amounts=amounts)


def proposals_to_pay(limit: int) -> Part:
    """Return the SELECT of the proposals that were approved and are not paid, those that changed last.

    That a proposal is paid stands nowhere but among the payment intents: it is asked there for each that was approved,
    of which an index of the proposals knows all that is needed, and only what is listed is read.
    """

    def written(owned: Owned) -> Select[Any]:
        approved = approved_proposals_to_join()
        unpaid = select(approved.c.id).where(_is_unpaid(approved), *owned(approved.c.org_id))
        newest = (
            unpaid.order_by(approved.c.updated_at.desc(), approved.c.id.desc())
            .limit(constant(limit))
            .subquery("unpaid")
        )
        proposal = pending_proposal_to_join(newest.c.id)
        return select(*proposal.c).select_from(newest).join(proposal, true())

    return written


def _is_unpaid(approved: Subquery) -> ColumnElement[bool]:
    return ~exists().where(
        PaymentIntent.org_id == approved.c.org_id,
        PaymentIntent.proposal_id == approved.c.id,
        PaymentIntent.status == constant(IntentStatus.SUCCEEDED),
    )
