"""The table of proposals: one row a version."""

import uuid
from datetime import datetime
from typing import ClassVar

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Index, Integer, Text, inspect, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from capecontrol.core.db.base import (
    Base,
    IdMixin,
    OwnedByOrganization,
    TableAccess,
    Timestamps,
    owned_reference,
    unique_owned,
)
from capecontrol.core.db.enum_text import EnumText
from capecontrol.core.db.search_token import TOKEN_ACCESS, SearchToken, token_keys
from capecontrol.features.proposals.lifecycle import PaymentProgress, ProposalStatus

_STATUSES = ", ".join(f"'{status}'" for status in ProposalStatus)
_TITLE_ORDER = text('lower(title collate "C")')
#: A draft has no end yet, and comes behind everything that has one.
_END_ORDER = text(r"coalesce(valid_until, '9999-12-31 00\:00\:00+00'::timestamptz)")


class Proposal(IdMixin, Timestamps, OwnedByOrganization, Base):
    """One version of what is offered for a project. Versions count per project, from 1.

    Amounts are minor units of ``currency``; ``line_items`` is what ``core.line_items.snapshot`` writes. Once sent,
    ``parties`` and ``content_hash`` freeze what the client saw; only the status, the decision and the machinery's
    columns change after that.
    """

    __tablename__ = "proposals"
    __table_args__ = (
        unique_owned("proposals"),
        owned_reference("project_id", "projects"),
        CheckConstraint(f"status in ({_STATUSES})", name="status"),
        CheckConstraint("subtotal + tax = total and subtotal >= 0 and tax >= 0", name="total"),
        CheckConstraint("deposit is null or deposit between 0 and total", name="deposit"),
        CheckConstraint(
            "payment_progress in ('PROCESSING', 'IN_REVIEW', 'FAILED', 'UNCONFIRMED')", name="payment_progress"
        ),
        CheckConstraint(
            "status = 'DRAFT' or (content_hash is not null and sent_at is not null and valid_until is not null)",
            name="sent_is_frozen",
        ),
        Index("uq_proposals_org_id_project_id_version", "org_id", "project_id", "version", unique=True),
        # One offer at a time. CHANGES_REQUESTED is not in it: that version has its successor's draft beside it.
        Index(
            "uq_proposals_active",
            "org_id",
            "project_id",
            unique=True,
            postgresql_where=text("status in ('DRAFT', 'SENT', 'APPROVED')"),
        ),
        Index("uq_proposals_viewing_token_hash", "viewing_token_hash", unique=True),
        Index("ix_proposals_org_id_created_at_id", "org_id", "created_at", "id"),
        Index("ix_proposals_created_at_id", "created_at", "id"),
        Index("ix_proposals_status_created_at_id", "status", "created_at", "id"),
        Index("ix_proposals_project_id_created_at_id", "project_id", "created_at", "id"),
        Index("ix_proposals_org_id_status_updated_at_id", "org_id", "status", "updated_at", "id"),
        # What lists are sorted by: for the organization's members, and for staff.
        Index("ix_proposals_org_id_updated_at_id", "org_id", "updated_at", "id"),
        Index("ix_proposals_updated_at_id", "updated_at", "id"),
        Index("ix_proposals_org_id_title_id", "org_id", _TITLE_ORDER, "id"),
        Index("ix_proposals_title_id", _TITLE_ORDER, "id"),
        Index("ix_proposals_org_id_total_id", "org_id", "total", "id"),
        Index("ix_proposals_total_id", "total", "id"),
        Index("ix_proposals_org_id_end_id", "org_id", _END_ORDER, "id"),
        Index("ix_proposals_end_id", _END_ORDER, "id"),
        # What dashboards sum up and list, answered from the index alone.
        Index(
            "ix_proposals_sent",
            "valid_until",
            postgresql_include=["currency", "total"],
            postgresql_where=text("status = 'SENT' and not is_closed"),
        ),
        Index(
            "ix_proposals_to_pay",
            "org_id",
            "updated_at",
            "id",
            postgresql_include=["currency", "total"],
            postgresql_where=text("status = 'APPROVED' and paid_at is null and not is_closed"),
        ),
        Index(
            "ix_proposals_undelivered",
            "updated_at",
            "id",
            postgresql_where=text("status = 'SENT' and undelivered <> '{}'"),
        ),
        Index(
            "ix_proposals_changes_requested",
            "updated_at",
            "id",
            postgresql_where=text("status = 'CHANGES_REQUESTED' and dismissed_at is null"),
        ),
        Index(
            "ix_proposals_ended",
            "updated_at",
            "id",
            postgresql_where=text("status in ('DECLINED', 'EXPIRED') and dismissed_at is null"),
        ),
        Index(
            "ix_proposals_payment_lost",
            "payment_progress_at",
            "id",
            postgresql_where=text("payment_progress in ('FAILED', 'UNCONFIRMED') and paid_at is null"),
        ),
        Index(
            "ix_proposals_payment_processing",
            "payment_progress_at",
            "id",
            postgresql_where=text("payment_progress = 'PROCESSING' and paid_at is null"),
        ),
    )
    # The viewing link is a secret that comes without an organization: the sign-in role finds the row by its hash.
    bookkeeping: ClassVar[frozenset[str]] = frozenset(
        {
            "pdf_key", "pdf_sha256", "undelivered", "viewing_token_hash", "viewing_token_sealed",
            "dismissed_at", "client_dismissed_at", "payment_progress", "payment_progress_at",
        }
    )  # fmt: skip
    access: ClassVar[TableAccess] = TableAccess(runtime="select insert update", signin="select")

    project_id: Mapped[uuid.UUID]
    version: Mapped[int] = mapped_column(Integer)
    status: Mapped[ProposalStatus] = mapped_column(EnumText(ProposalStatus))
    title: Mapped[str] = mapped_column(Text)
    summary: Mapped[str] = mapped_column(Text)
    terms: Mapped[str] = mapped_column(Text)
    line_items: Mapped[list[dict[str, object]]] = mapped_column(JSONB)
    currency: Mapped[str] = mapped_column(Text)
    tax_inclusive: Mapped[bool] = mapped_column(Boolean)
    tax_rule: Mapped[str] = mapped_column(Text)
    subtotal: Mapped[int] = mapped_column(BigInteger)
    tax: Mapped[int] = mapped_column(BigInteger)
    total: Mapped[int] = mapped_column(BigInteger)
    deposit: Mapped[int | None] = mapped_column(BigInteger)
    valid_until: Mapped[datetime | None]
    created_by: Mapped[uuid.UUID | None]
    revision: Mapped[int] = mapped_column(Integer, default=1)

    parties: Mapped[dict[str, str] | None] = mapped_column(JSONB)
    content_hash: Mapped[str | None] = mapped_column(Text)
    sent_at: Mapped[datetime | None]
    #: Who is told how the client decides; None of what was sent before this was kept.
    sent_by: Mapped[uuid.UUID | None]
    viewing_token_hash: Mapped[str | None] = mapped_column(Text)
    #: The same token, for whoever sends the version again; None of what was sent before this was kept.
    viewing_token_sealed: Mapped[str | None] = mapped_column(Text)
    pdf_key: Mapped[str | None] = mapped_column(Text)
    #: The SHA-256 (hex) of the document that was sent; None of what was sent before this was kept.
    pdf_sha256: Mapped[str | None] = mapped_column(Text)
    #: Its e-mails that were given up, by the message of each (``undelivered.py``).
    undelivered: Mapped[dict[str, dict[str, str]]] = mapped_column(JSONB, default=dict, server_default=text("'{}'"))

    decided_at: Mapped[datetime | None]
    decided_by: Mapped[uuid.UUID | None]
    #: What they are called here, as it was then; ``decided_name`` is what they typed to approve.
    decided_by_name: Mapped[str | None] = mapped_column(Text)
    decided_name: Mapped[str | None] = mapped_column(Text)
    decision_note: Mapped[str | None] = mapped_column(Text)
    #: When staff, and when the client, said that there is nothing more to do about a version that came to nothing.
    dismissed_at: Mapped[datetime | None]
    client_dismissed_at: Mapped[datetime | None]
    #: What became of the last attempt to pay it, where that is neither open nor paid; billing tells it.
    payment_progress: Mapped[PaymentProgress | None] = mapped_column(EnumText(PaymentProgress))
    payment_progress_at: Mapped[datetime | None]
    #: When its payment intent succeeded. The database keeps it (a trigger on ``payment_intents``); no code writes it.
    paid_at: Mapped[datetime | None]
    #: Whether its project is archived: nobody is sent it, decides on it or pays it meanwhile. The database keeps it (a
    #: trigger on ``projects``), in the transaction that archives or restores; no code writes it.
    is_closed: Mapped[bool] = mapped_column(Boolean, default=False, server_default=text("false"))

    def copied(self, **changed: object) -> "Proposal":
        """Return a proposal with the same columns but those named; it belongs to no session."""
        stored = {attribute.key: getattr(self, attribute.key) for attribute in inspect(Proposal).column_attrs}
        return Proposal(**(stored | changed))


class ProposalToken(SearchToken, Base):
    """A word of the title of a proposal."""

    __tablename__ = "proposal_tokens"
    __table_args__ = token_keys("proposal_tokens", "proposal_id", "proposals")
    access: ClassVar[TableAccess] = TOKEN_ACCESS

    proposal_id: Mapped[uuid.UUID]
