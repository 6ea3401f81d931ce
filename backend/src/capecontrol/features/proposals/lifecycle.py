"""The life of a proposal's version: a pure transition table, and what time does to it."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from capecontrol.core.permissions import Realm


class ProposalStatus(StrEnum):
    """The status of a version of a proposal."""

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

#: What a sentence says of each state to staff: “Version 2 …”.
STAFF_WORDS: Mapping[ProposalStatus, str] = {
    ProposalStatus.DRAFT: "is still a draft",
    ProposalStatus.SENT: "is awaiting the client's decision",
    ProposalStatus.APPROVED: "has been approved",
    ProposalStatus.CHANGES_REQUESTED: "was returned for changes",
    ProposalStatus.DECLINED: "has been declined",
    ProposalStatus.EXPIRED: "has expired",
    ProposalStatus.SUPERSEDED: "has been replaced by a newer version",
}

#: What it says to the client, who never sees a draft.
CLIENT_WORDS: Mapping[ProposalStatus, str] = {
    **STAFF_WORDS,
    ProposalStatus.SENT: "is awaiting your decision",
    ProposalStatus.CHANGES_REQUESTED: "is being revised",
}

#: Nothing comes of a version any more that is in one of these. Any other stands in the way of another proposal.
OVER: frozenset[ProposalStatus] = frozenset(
    {ProposalStatus.DECLINED, ProposalStatus.EXPIRED, ProposalStatus.SUPERSEDED}
)

#: What clients are shown: what was sent once, and nothing whose meaning only a later release knows.
SHOWN: frozenset[ProposalStatus] = frozenset(ProposalStatus) - {ProposalStatus.DRAFT}


def status_words(status: ProposalStatus, realm: Realm | None = Realm.ADMIN) -> str:
    """Return what a sentence says of a state, one of a later release too: “Version 2 …”."""
    words = CLIENT_WORDS if realm is Realm.CLIENT else STAFF_WORDS
    return words.get(status, "has a status that this release doesn't support")


def allowed_from(status: ProposalStatus) -> tuple[ProposalStatus, ...]:
    """Return the legal next states: none from one that this release does not know."""
    return TRANSITIONS.get(status, ())


def status_at(status: ProposalStatus, valid_until: datetime | None, now: datetime) -> ProposalStatus:
    """Return the status that counts at a moment: what was sent ends with its validity, also before anybody swept."""
    if status is ProposalStatus.SENT and valid_until is not None and valid_until <= now:
        return ProposalStatus.EXPIRED
    return status
