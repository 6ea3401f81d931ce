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


class PaymentProgress(StrEnum):
    """How the payment of an approved proposal is going. Billing tells what lies between DUE and PAID."""

    DUE = "DUE"
    #: The client is through with the payment page, and the money is on its way.
    PROCESSING = "PROCESSING"
    #: Money came that fits no payment: somebody is looking into it.
    IN_REVIEW = "IN_REVIEW"
    #: The money did not come; the client may pay again.
    FAILED = "FAILED"
    #: The payment provider no longer knows the payment page; the client may pay again.
    UNCONFIRMED = "UNCONFIRMED"
    PAID = "PAID"


#: A payment is on its way, or came and is looked into: the client has nothing to do.
BEING_PAID: tuple[PaymentProgress, ...] = (PaymentProgress.PROCESSING, PaymentProgress.IN_REVIEW)
#: Staff look into these: the client has not paid, or nobody knows.
LOST: tuple[PaymentProgress, ...] = (PaymentProgress.FAILED, PaymentProgress.UNCONFIRMED)


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

#: In which states a version asks each side to go on, until they do or dismiss it: clients have nothing to do about what
#: they refused themselves.
STALLED: Mapping[Realm, frozenset[ProposalStatus]] = {
    Realm.ADMIN: frozenset({ProposalStatus.CHANGES_REQUESTED, ProposalStatus.DECLINED, ProposalStatus.EXPIRED}),
    Realm.CLIENT: frozenset({ProposalStatus.EXPIRED}),
}

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


def payment_of(
    status: ProposalStatus, progress: PaymentProgress | None, paid_at: datetime | None
) -> PaymentProgress | None:
    """Return how the payment of a version is going: None while there is nothing to pay."""
    if status is not ProposalStatus.APPROVED:
        return None
    return PaymentProgress.PAID if paid_at else progress or PaymentProgress.DUE
