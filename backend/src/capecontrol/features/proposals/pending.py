"""Proposals that somebody has something to do with."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from capecontrol.core.money import Money
from capecontrol.features.proposals.lifecycle import PaymentProgress, ProposalStatus
from capecontrol.features.proposals.undelivered import Undelivered, read_undelivered


@dataclass(frozen=True, slots=True)
class PendingProposal:
    """A version of a proposal that waits for a decision, a payment or another version, as pages list it."""

    id: uuid.UUID
    org_id: uuid.UUID
    project_code: str
    version: int
    title: str
    status: ProposalStatus
    updated_at: datetime
    valid_until: datetime | None
    sent_at: datetime | None
    decided_at: datetime | None
    decision_note: str | None
    payment_progress: PaymentProgress | None
    payment_progress_at: datetime | None
    is_closed: bool
    total: Money

    @classmethod
    def read(cls, *values: Any) -> "PendingProposal":
        """Return what a row says whose last two columns are the amount and its currency."""
        return cls(*[*values[:-2], Money(*values[-2:])])


@dataclass(frozen=True, slots=True)
class UndeliveredProposal:
    """A version that waits for its client's decision, and whose e-mail did not arrive."""

    id: uuid.UUID
    org_id: uuid.UUID
    project_code: str
    project_title: str
    version: int
    updated_at: datetime
    undelivered: tuple[Undelivered, ...]
    total: Money

    @classmethod
    def read(cls, *values: Any) -> "UndeliveredProposal":
        """Return what a row says whose last three columns are what is kept, the amount and its currency."""
        return cls(*[*values[:-3], tuple(read_undelivered(values[-3])), Money(*values[-2:])])


@dataclass(frozen=True, slots=True)
class StalledProposal:
    """A version that its client did not approve, with which staff have to go on.

    ``next_id`` is the draft that a request for changes made; None where the version was declined or expired.
    """

    id: uuid.UUID
    org_id: uuid.UUID
    project_id: uuid.UUID
    project_code: str
    project_title: str
    version: int
    status: ProposalStatus
    updated_at: datetime
    valid_until: datetime | None
    decided_at: datetime | None
    decision_note: str | None
    next_id: uuid.UUID | None
    total: Money

    @classmethod
    def read(cls, *values: Any) -> "StalledProposal":
        """Return what a row says whose last two columns are the amount and its currency."""
        return cls(*[*values[:-2], Money(*values[-2:])])
