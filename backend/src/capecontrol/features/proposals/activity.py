"""What people are told of acts on proposals."""

from capecontrol.core.activity import (
    AMOUNT_MEMBERS,
    NOTHING,
    ActivityIcon,
    ActivityKind,
    ActivityTone,
    Detail,
    Fold,
    Visibility,
    member,
)
from capecontrol.core.links import Pages
from capecontrol.core.wording import phrase

#: What ``record_proposal`` tells of each act, from the proposal itself.
OF_EVERY_ACT = ("version", *AMOUNT_MEMBERS)


def _kind(
    act: str,
    title: str,
    detail: Detail = NOTHING,
    *,
    client_title: str | None = None,
    told: tuple[str, ...] = (),
    visibility: Visibility = Visibility.CLIENT,
    icon: ActivityIcon = ActivityIcon.DOCUMENT,
    tone: ActivityTone = ActivityTone.NEUTRAL,
    fold: Fold | None = None,
) -> ActivityKind:
    return ActivityKind(
        f"proposal.{act}",
        phrase(title),
        detail,
        tells_amount=detail is NOTHING,
        members=(*OF_EVERY_ACT, *told),
        client_title=phrase(client_title) if client_title else None,
        visibility=visibility,
        page=Pages.proposal("{resource_id}"),
        icon=icon,
        tone=tone,
        fold=fold,
    )


def _edits(version: str, count: int, _: int) -> str:
    return f"Proposal v{version} edited {count} times"


PROPOSAL_CREATED = _kind("created", "Proposal v{version} drafted", visibility=Visibility.STAFF)
PROPOSAL_UPDATED = _kind(
    "updated", "Proposal v{version} edited", visibility=Visibility.STAFF, fold=Fold("version", _edits)
)
PROPOSAL_SENT = _kind(
    "sent", "Proposal v{version} sent", client_title="Proposal v{version} received", icon=ActivityIcon.SEND
)
PROPOSAL_SENT_AGAIN = _kind(
    "sent_again", "Proposal v{version} sent again", visibility=Visibility.STAFF, icon=ActivityIcon.SEND
)
PROPOSAL_NOT_DELIVERED = _kind(
    "not_delivered",
    "Proposal v{version} not delivered",
    member("recipient"),
    told=("recipient",),
    visibility=Visibility.STAFF,
    icon=ActivityIcon.SEND,
    tone=ActivityTone.BAD,
)
PROPOSAL_APPROVED = _kind("approved", "Proposal v{version} approved", icon=ActivityIcon.CHECK, tone=ActivityTone.OK)
CHANGES_REQUESTED = _kind(
    "changes_requested",
    "Changes requested on v{version}",
    member("message"),
    told=("message",),
    icon=ActivityIcon.CHANGES,
    tone=ActivityTone.WARN,
)
PROPOSAL_DECLINED = _kind(
    "declined",
    "Proposal v{version} declined",
    member("reason"),
    told=("reason",),
    icon=ActivityIcon.CLOSE,
    tone=ActivityTone.BAD,
)
PROPOSAL_EXPIRED = _kind("expired", "Proposal v{version} expired", icon=ActivityIcon.CLOCK, tone=ActivityTone.WARN)
PROPOSAL_DISMISSED = _kind(
    "dismissed", "Follow-up on proposal v{version} dismissed", visibility=Visibility.STAFF, icon=ActivityIcon.CLOSE
)
PROPOSAL_DISMISSAL_UNDONE = _kind(
    "dismissal_undone", "Follow-up on proposal v{version} taken up again", visibility=Visibility.STAFF
)

ACTIVITY = (
    PROPOSAL_CREATED,
    PROPOSAL_UPDATED,
    PROPOSAL_SENT,
    PROPOSAL_SENT_AGAIN,
    PROPOSAL_NOT_DELIVERED,
    PROPOSAL_APPROVED,
    CHANGES_REQUESTED,
    PROPOSAL_DECLINED,
    PROPOSAL_EXPIRED,
    PROPOSAL_DISMISSED,
    PROPOSAL_DISMISSAL_UNDONE,
)
