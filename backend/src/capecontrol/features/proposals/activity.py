"""What people are told of acts on proposals."""

from capecontrol.core.activity import ActivityKind, Detail, Visibility, amount, member, phrase


def _kind(act: str, ending: str, detail: Detail = amount, visibility: Visibility = Visibility.CLIENT) -> ActivityKind:
    title = phrase(f"Version {{version}} of the proposal {ending}")
    return ActivityKind(f"proposal.{act}", title, detail, visibility, page="/proposals/{resource_id}")


PROPOSAL_CREATED = _kind("created", "was drafted", visibility=Visibility.STAFF)
PROPOSAL_UPDATED = _kind("updated", "was edited", visibility=Visibility.STAFF)
PROPOSAL_SENT = _kind("sent", "was sent")
PROPOSAL_APPROVED = _kind("approved", "was approved")
CHANGES_REQUESTED = _kind("changes_requested", "needs changes", member("message"))
PROPOSAL_DECLINED = _kind("declined", "was declined", member("reason"))
PROPOSAL_EXPIRED = _kind("expired", "expired")

ACTIVITY = (
    PROPOSAL_CREATED,
    PROPOSAL_UPDATED,
    PROPOSAL_SENT,
    PROPOSAL_APPROVED,
    CHANGES_REQUESTED,
    PROPOSAL_DECLINED,
    PROPOSAL_EXPIRED,
)
