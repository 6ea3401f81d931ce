"""Reactions: a sent proposal becomes a PDF and a mail; both sides are told of its end."""

from capecontrol.core.outbox.lane import Lane
from capecontrol.core.outbox.registry import Subscription
from capecontrol.features.notifications.interface import MailSettled
from capecontrol.features.projects.events import ProjectStatusChanged
from capecontrol.features.proposals.actions.deliver_proposal import deliver_proposal, tell_of_death
from capecontrol.features.proposals.actions.note_delivery import note_mail, note_not_mailed
from capecontrol.features.proposals.actions.tell_agency import (
    tell_of_approval,
    tell_of_changes,
    tell_of_decline,
    tell_of_expiry,
)
from capecontrol.features.proposals.actions.tell_client import tell_client_of_expiry
from capecontrol.features.proposals.actions.withhold_mails import withhold_mails
from capecontrol.features.proposals.events import (
    DELIVERY,
    DELIVERY_AGAIN,
    ChangesRequested,
    ProposalApproved,
    ProposalDeclined,
    ProposalExpired,
    ProposalNotMailed,
    ProposalSent,
    ProposalSentAgain,
)

SUBSCRIPTIONS = (
    Subscription(event=ProposalSent, consumer=DELIVERY, handle=deliver_proposal, lane=Lane.MAIL, on_dead=tell_of_death),
    Subscription(
        event=ProposalSentAgain,
        consumer=DELIVERY_AGAIN,
        handle=deliver_proposal,
        lane=Lane.MAIL,
        on_dead=tell_of_death,
    ),
    Subscription(event=ProjectStatusChanged, consumer="proposals.withhold_mails", handle=withhold_mails),
    Subscription(event=MailSettled, consumer="proposals.note_mail", handle=note_mail),
    Subscription(event=ProposalNotMailed, consumer="proposals.note_not_mailed", handle=note_not_mailed),
    Subscription(
        event=ProposalApproved, consumer="proposals.tell_of_approval", handle=tell_of_approval, lane=Lane.MAIL
    ),
    Subscription(event=ChangesRequested, consumer="proposals.tell_of_changes", handle=tell_of_changes, lane=Lane.MAIL),
    Subscription(event=ProposalDeclined, consumer="proposals.tell_of_decline", handle=tell_of_decline, lane=Lane.MAIL),
    Subscription(event=ProposalExpired, consumer="proposals.tell_of_expiry", handle=tell_of_expiry, lane=Lane.MAIL),
    Subscription(
        event=ProposalExpired,
        consumer="proposals.tell_client_of_expiry",
        handle=tell_client_of_expiry,
        lane=Lane.MAIL,
    ),
)
