"""Reactions: a proposal that was sent becomes a PDF and a mail."""

from capecontrol.core.outbox.lane import Lane
from capecontrol.core.outbox.registry import Subscription
from capecontrol.features.proposals.actions.deliver_proposal import deliver_proposal
from capecontrol.features.proposals.events import ProposalSent

SUBSCRIPTIONS = (Subscription(event=ProposalSent, consumer="proposals.mail", handle=deliver_proposal, lane=Lane.MAIL),)
