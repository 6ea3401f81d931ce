"""What happens to proposals, for whoever listens."""

import uuid
from typing import ClassVar

from capecontrol.core.events import Event
from capecontrol.features.proposals.undelivered import UndeliveredReason

#: The consumers that e-mail a version to its client.
DELIVERY, DELIVERY_AGAIN = DELIVERIES = ("proposals.mail", "proposals.mail_again")


class ProposalSent(Event):
    """A version went to the client. The viewing link's token travels sealed: the database keeps only its hash."""

    topic: ClassVar[str] = "proposals.sent.v1"

    proposal_id: uuid.UUID
    project_id: uuid.UUID
    sealed_token: str


class ProposalSentAgain(ProposalSent):
    """Staff sent a version once more that waits for its client's decision."""

    topic: ClassVar[str] = "proposals.sent_again.v1"


class ProposalNotMailed(Event):
    """The e-mails with a version could not be written: nobody was addressed. ``message_id`` is the dead letter."""

    topic: ClassVar[str] = "proposals.not_mailed.v1"

    proposal_id: uuid.UUID
    message_id: uuid.UUID
    reason: UndeliveredReason


class ProposalApproved(Event):
    """The client approved a version: it may be paid."""

    topic: ClassVar[str] = "proposals.approved.v1"

    proposal_id: uuid.UUID
    project_id: uuid.UUID


class ProposalDeclined(Event):
    """The client declined a version: open payment pages of it are to be closed."""

    topic: ClassVar[str] = "proposals.declined.v1"

    proposal_id: uuid.UUID
    project_id: uuid.UUID


class ChangesRequested(Event):
    """The client asked for changes: the next version is a draft."""

    topic: ClassVar[str] = "proposals.changes_requested.v1"

    proposal_id: uuid.UUID
    next_id: uuid.UUID
    project_id: uuid.UUID


class ProposalExpired(Event):
    """Nobody decided in time."""

    topic: ClassVar[str] = "proposals.expired.v1"

    proposal_id: uuid.UUID
    project_id: uuid.UUID
