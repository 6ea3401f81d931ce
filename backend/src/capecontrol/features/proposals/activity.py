"""What people are told of acts on proposals."""

from capecontrol.core.activity import (
    AMOUNT,
    ActivityIcon,
    ActivityKind,
    ActivityTone,
    Detail,
    Visibility,
    member,
    phrase,
)
from capecontrol.core.links import Pages

#: What ``record_proposal`` tells of each act, from the proposal itself.
OF_EVERY_ACT = ("version", "amount", "currency")


def _kind(
    act: str,
    ending: str,
    detail: Detail = AMOUNT,
    *,
    told: tuple[str, ...] = (),
    visibility: Visibility = Visibility.CLIENT,
    icon: ActivityIcon = ActivityIcon.DOCUMENT,
    tone: ActivityTone = ActivityTone.NEUTRAL,
) -> ActivityKind:
    title = phrase(f"Version {{version}} of the proposal {ending}")
    return ActivityKind(
        f"proposal.{act}",
        title,
        detail,
        members=(*OF_EVERY_ACT, *told),
        visibility=visibility,
        page=Pages.proposal("{resource_id}"),
        icon=icon,
        tone=tone,
    )


PROPOSAL_CREATED = _kind("created", "was drafted", visibility=Visibility.STAFF)
PROPOSAL_UPDATED = _kind("updated", "was edited", visibility=Visibility.STAFF)
PROPOSAL_SENT = _kind("sent", "was sent", icon=ActivityIcon.SEND)
PROPOSAL_APPROVED = _kind("approved", "was approved", icon=ActivityIcon.CHECK, tone=ActivityTone.OK)
CHANGES_REQUESTED = _kind(
    "changes_requested",
    "needs changes",
    member("message"),
    told=("message",),
    icon=ActivityIcon.CHANGES,
    tone=ActivityTone.WARN,
)
PROPOSAL_DECLINED = _kind(
    "declined",
    "was declined",
    member("reason"),
    told=("reason",),
    icon=ActivityIcon.CLOSE,
    tone=ActivityTone.BAD,
)
PROPOSAL_EXPIRED = _kind("expired", "expired", icon=ActivityIcon.CLOCK, tone=ActivityTone.WARN)

ACTIVITY = (
    PROPOSAL_CREATED,
    PROPOSAL_UPDATED,
    PROPOSAL_SENT,
    PROPOSAL_APPROVED,
    CHANGES_REQUESTED,
    PROPOSAL_DECLINED,
    PROPOSAL_EXPIRED,
)
