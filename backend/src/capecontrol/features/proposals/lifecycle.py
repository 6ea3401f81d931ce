"""The life of a proposal's version: a pure transition table, and what time does to it."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum


class ProposalStatus(StrEnum):
    """Where a version of a proposal is."""

    DRAFT = "DRAFT"
    SENT = "SENT"
    APPROVED = "APPROVED"
    CHANGES_REQUESTED = "CHANGES_REQUESTED"
    DECLINED = "DECLINED"
    EXPIRED = "EXPIRED"
    SUPERSEDED = "SUPERSEDED"


TRANSITIONS: Mapping[ProposalStatus, tuple[ProposalStatus, ...]] = {
    ProposalStatus.DRAFT: (ProposalStatus.SENT,),
    ProposalStatus.SENT: (
        ProposalStatus.APPROVED,
        ProposalStatus.CHANGES_REQUESTED,
        ProposalStatus.DECLINED,
        ProposalStatus.EXPIRED,
    ),
    # Its successor is a draft already; sending that one ends this one.
    ProposalStatus.CHANGES_REQUESTED: (ProposalStatus.SUPERSEDED,),
    ProposalStatus.APPROVED: (),
    ProposalStatus.DECLINED: (),
    ProposalStatus.EXPIRED: (),
    ProposalStatus.SUPERSEDED: (),
}

#: Nothing comes of a version any more that is in one of these. Any other stands in the way of another proposal.
OVER: frozenset[ProposalStatus] = frozenset(
    {ProposalStatus.DECLINED, ProposalStatus.EXPIRED, ProposalStatus.SUPERSEDED}
)

#: What clients are shown: what was sent once, and nothing whose meaning only a later release knows.
SHOWN: frozenset[ProposalStatus] = frozenset(ProposalStatus) - {ProposalStatus.DRAFT}


def allowed_from(status: ProposalStatus) -> tuple[ProposalStatus, ...]:
    """Return the legal next states: none from one that this release does not know."""
    return TRANSITIONS.get(status, ())


def status_at(status: ProposalStatus, valid_until: datetime | None, now: datetime) -> ProposalStatus:
    """Return the status that counts at a moment: what was sent ends with its validity, also before anybody swept."""
    if status is ProposalStatus.SENT and valid_until is not None and valid_until <= now:
        return ProposalStatus.EXPIRED
    return status
