"""Bodies of answers: a proposal, as those see it who are signed in."""

import uuid
from datetime import date, datetime

from pydantic import Field

from capecontrol.core.business import Business
from capecontrol.core.http import MoneyBody, ResponseBody
from capecontrol.core.http.body import Moment, money_member
from capecontrol.core.http.refs import OrganizationRef
from capecontrol.core.http.tax_body import TaxBody
from capecontrol.core.line_items.decimals import plain
from capecontrol.core.line_items.pricing import PricedLine
from capecontrol.features.projects.interface import OwnedProject
from capecontrol.features.proposals.content import lines_of
from capecontrol.features.proposals.lifecycle import (
    PaymentProgress,
    ProposalStatus,
    allowed_from,
    payment_of,
    status_at,
)
from capecontrol.features.proposals.models import Proposal
from capecontrol.features.proposals.undelivered import UndeliveredReason, read_undelivered
from capecontrol.features.proposals.validity import last_day


class LineItemOut(ResponseBody):
    """A line item with its amounts."""

    description: str = Field(description="What is sold.")
    quantity: str = Field(description="The quantity, as a decimal.", examples=["1.5"])
    unit_price: MoneyBody = Field(
        description="The price per unit. It includes tax if the proposal's `tax_inclusive` is true."
    )
    tax_rate: str = Field(description="The tax rate in per cent.", examples=["15.00"])
    optional: bool = Field(description="Whether this is an optional extra that isn't included in the total.")
    amount: MoneyBody = Field(description="Quantity times unit price. It includes tax if `unit_price` does.")
    net: MoneyBody = Field(description="The amount without tax.")
    tax: MoneyBody = Field(description="The tax on this line item.")

    @classmethod
    def of(cls, line: PricedLine, currency: str) -> "LineItemOut":
        """Return the answer of a line."""
        return cls.map_from(
            line,
            quantity=plain(line.quantity),
            unit_price=money_member(line.unit_price, currency),
            tax_rate=str(line.tax_rate),
            optional=line.is_optional,
            amount=money_member(line.amount, currency),
            net=money_member(line.net, currency),
            tax=money_member(line.tax, currency),
        )


class ProposalContent(ResponseBody):
    """What every reader of a proposal sees."""

    id: uuid.UUID = Field(description="The version's ID.")
    version: int = Field(description="The version number within the project, starting at 1.")
    status: ProposalStatus = Field(description="The version's current status.")
    title: str = Field(description="The proposal's title.")
    summary: str = Field(description="A short overview, shown at the top of the proposal.")
    seller_name: str = Field(
        description="The name of the business; once the proposal is sent, as it was at that time.",
        examples=["Northstar Automation"],
    )
    organization_name: str = Field(
        description="The name of the client's organization; once the proposal is sent, as it was at that time.",
        examples=["Harbour Logistics"],
    )
    project_code: str = Field(description="The project's code.", examples=["PRJ-2026-019"])
    project_title: str = Field(description="The project's title.")
    line_items: list[LineItemOut] = Field(description="What is sold.")
    tax_inclusive: bool = Field(description="Whether unit prices include tax.")
    tax_name: str = Field(description="What the tax on sales is called.", examples=["VAT"])
    subtotal: MoneyBody = Field(description="The total without tax.")
    tax: MoneyBody = Field(description="The total tax.")
    taxes: list[TaxBody] = Field(
        description="The tax for each rate, the highest rate first. Together they come to `tax`."
    )
    total: MoneyBody = Field(description="The total including tax, without optional extras.")
    deposit: MoneyBody | None = Field(description="The deposit shown on the proposal, if any.")
    terms: str = Field(description="The terms and conditions.")
    valid_until: Moment | None = Field(
        description="When the proposal expires; null for a draft without an expiry date."
    )
    valid_until_day: date | None = Field(
        description="The last day of validity in the time zone of the business, as the document shows it."
    )
    sent_at: Moment | None = Field(description="When the proposal was sent; null for a draft.")
    decided_at: Moment | None = Field(
        description="When the client approved, declined or requested changes; null until then."
    )
    content_hash: str | None = Field(description="The SHA-256 hash of what was sent; null for a draft.")
    is_closed: bool = Field(
        description="Whether the project is archived. While it is, the proposal can't be sent, decided on or paid."
    )


class UndeliveredOut(ResponseBody):
    """An e-mail that wasn't delivered."""

    recipient: str | None = Field(description="The address; null if the organization has nobody who can get e-mail.")
    reason: UndeliveredReason = Field(
        description="`REFUSED`: the mail server refused the e-mail. `UNREACHABLE`: every attempt failed for about "
        "four days. `NO_RECIPIENT`: the organization has no active owner. `WITHHELD`: the project was archived "
        "before the e-mail was sent."
    )
    at: Moment = Field(description="When we gave up.")


class ProposalOut(ProposalContent):
    """A version of a proposal."""

    project_id: uuid.UUID = Field(description="The project that the proposal is for.")
    org_id: uuid.UUID = Field(description="The client's organization.")
    organization: OrganizationRef = Field(description="The client's organization, with its name.")
    next_statuses: list[ProposalStatus] = Field(description="The statuses that can follow.")
    decided_by_name: str | None = Field(
        description="The account name of whoever approved, declined or requested changes, as it was at the time.",
        examples=["Thandi Nkosi"],
    )
    decided_name: str | None = Field(
        description="The name that the client typed to approve. It is not checked: see `decided_by_name`."
    )
    decision_note: str | None = Field(description="The client's comment when declining or requesting changes.")
    undelivered: list[UndeliveredOut] = Field(
        description="E-mails that weren't delivered, while the proposal awaits a decision. Always empty for clients."
    )
    payment: PaymentProgress | None = Field(
        description="How the payment is going; null unless the proposal is approved. While it is `PROCESSING` or "
        "`IN_REVIEW`, it can't be paid again."
    )
    revision: int = Field(
        description="A number that grows with every change. Send it in quotes as `If-Match` when you update the draft.",
        examples=[3],
    )
    created_by: uuid.UUID | None = Field(
        description="The ID of the person who created the version; null when a request for changes created it."
    )
    sent_by: uuid.UUID | None = Field(
        description="The ID of the person who sent the version, and who gets an e-mail about the decision; null until "
        "it is sent."
    )
    created_at: Moment = Field(description="When the version was created.")
    updated_at: Moment = Field(description="When the version was last changed.")

    @classmethod
    def of(
        cls, row: Proposal, owned: OwnedProject, business: Business, now: datetime, *, is_for_staff: bool
    ) -> "ProposalOut":
        """Return the answer of a row at a moment."""
        project = owned.project
        # The code never changes; the names of what was sent are those that were sent.
        parties = row.parties or {}
        content = content_of(
            row,
            business,
            now,
            project_code=project.code,
            project_title=parties.get("project_title", project.title),
            organization_name=parties.get("organization", owned.organization.name),
        )
        status = status_at(row.status, row.valid_until, now)
        # Nobody needs a mail any more of what was decided, has ended, or is closed.
        is_awaited = status is ProposalStatus.SENT and not row.is_closed
        lost = read_undelivered(row.undelivered) if is_for_staff and is_awaited else []
        return cls.map_from(
            row,
            organization=owned.organization,
            next_statuses=[] if row.is_closed else list(allowed_from(status)),
            undelivered=[UndeliveredOut(recipient=one.to or None, reason=one.reason, at=one.at) for one in lost],
            payment=payment_of(row.status, row.payment_progress, row.paid_at),
            **content,
        )


def content_of(
    row: Proposal,
    business: Business,
    now: datetime,
    *,
    project_code: str,
    project_title: str,
    organization_name: str,
) -> dict[str, object]:
    """Return what every view of a proposal shares, and its row does not say by itself."""
    parties, lines, currency = row.parties or {}, lines_of(row), row.currency
    return {
        "status": status_at(row.status, row.valid_until, now),
        "project_code": project_code,
        "project_title": project_title,
        "organization_name": organization_name,
        "seller_name": parties.get("seller", business.name),
        "line_items": [LineItemOut.of(line, currency) for line in lines],
        "tax_name": parties.get("tax_name", business.tax_name),
        "subtotal": money_member(row.subtotal, currency),
        "tax": money_member(row.tax, currency),
        "taxes": TaxBody.table(lines, currency),
        "total": money_member(row.total, currency),
        "deposit": None if row.deposit is None else money_member(row.deposit, currency),
        "valid_until_day": last_day(row.valid_until, business),
    }
