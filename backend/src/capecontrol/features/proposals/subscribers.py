"""Reactions: a proposal that was sent becomes a PDF and a mail; whoever sent it is told how its client decided."""

from capecontrol.core.outbox.lane import Lane
from capecontrol.core.outbox.registry import Subscription
from capecontrol.features.proposals.actions.deliver_proposal import deliver_proposal
from capecontrol.features.proposals.actions.tell_sender import tell_of_approval, tell_of_changes, tell_of_decline
from capecontrol.features.proposals.events import ChangesRequested, ProposalApproved, ProposalDeclined, ProposalSent

SUBSCRIPTIONS = (
    Subscription(event=ProposalSent, consumer="proposals.mail", handle=deliver_proposal, lane=Lane.MAIL),
    Subscription(
        event=ProposalApproved, consumer="proposals.tell_of_approval", handle=tell_of_approval, lane=Lane.MAIL
    ),
    Subscription(event=ChangesRequested, consumer="proposals.tell_of_changes", handle=tell_of_changes, lane=Lane.MAIL),
    Subscription(event=ProposalDeclined, consumer="proposals.tell_of_decline", handle=tell_of_decline, lane=Lane.MAIL),
)
