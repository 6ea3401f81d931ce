"""Bodies of answers: a proposal, as those see it who are signed in."""

import uuid
from datetime import date, datetime

from pydantic import Field

from capecontrol.core.business import Business
from capecontrol.core.http import MoneyBody, ResponseBody
from capecontrol.core.http.body import Moment
from capecontrol.core.http.tax_body import TaxBody
from capecontrol.core.line_items.decimals import plain
from capecontrol.core.line_items.pricing import PricedLine
from capecontrol.features.organizations.interface import OrganizationSummary
from capecontrol.features.projects.interface import ProjectSummary
from capecontrol.features.proposals.content import lines_of
from capecontrol.features.proposals.lifecycle import ProposalStatus, allowed_from, status_at
from capecontrol.features.proposals.models import Proposal
from capecontrol.features.proposals.validity import last_day


class LineItemOut(ResponseBody):
    """A line with its amounts."""

    description: str
    quantity: str = Field(examples=["1.5"])
    unit_price: MoneyBody
    tax_rate: str = Field(examples=["15.00"])
    optional: bool
    amount: MoneyBody = Field(description="Quantity times price, as the prices are: with tax when `tax_inclusive`.")
    net: MoneyBody
    tax: MoneyBody

    @classmethod
    def of(cls, line: PricedLine, currency: str) -> "LineItemOut":
        """Return the answer of a line."""
        return cls(
            description=line.description,
            quantity=plain(line.quantity),
            unit_price=MoneyBody(amount=line.unit_price, currency=currency),
            tax_rate=str(line.tax_rate),
            optional=line.is_optional,
            amount=MoneyBody(amount=line.amount, currency=currency),
            net=MoneyBody(amount=line.net, currency=currency),
            tax=MoneyBody(amount=line.tax, currency=currency),
        )


class OrganizationName(ResponseBody):
    """The organization that a proposal is for."""

    id: uuid.UUID
    name: str = Field(examples=["Harbour Logistics"])


class ProposalContent(ResponseBody):
    """What every reader of a proposal sees."""

    id: uuid.UUID
    version: int
    status: ProposalStatus
    title: str
    summary: str
    project_code: str = Field(examples=["PRJ-2026-019"])
    project_title: str
    line_items: list[LineItemOut]
    tax_inclusive: bool
    tax_name: str = Field(description="What the tax on sales is called.", examples=["VAT"])
    subtotal: MoneyBody
    tax: MoneyBody
    taxes: list[TaxBody] = Field(description="What each rate came to, the highest first; the sum is `tax`.")
    total: MoneyBody
    deposit: MoneyBody | None
    terms: str
    valid_until: Moment | None
    valid_until_day: date | None = Field(
        description="The day of `valid_until` in the business's time zone, as the document names it."
    )
    sent_at: Moment | None
    decided_at: Moment | None
    content_hash: str | None = Field(description="SHA-256 of what was sent; null for a draft.")


class ProposalOut(ProposalContent):
    """A proposal."""

    project_id: uuid.UUID
    org_id: uuid.UUID
    organization: OrganizationName
    next_statuses: list[ProposalStatus] = Field(description="The legal next steps.")
    decided_name: str | None = Field(description="The name that was typed as consent.")
    decision_note: str | None = Field(description="What the client wrote when it declined or asked for changes.")
    revision: int = Field(description="Counts its changes; an edit sends it as `If-Match` (in quotes).", examples=[3])
    created_by: uuid.UUID | None
    created_at: Moment
    updated_at: Moment

    @classmethod
    def of(
        cls,
        row: Proposal,
        project: ProjectSummary,
        organization: OrganizationSummary,
        business: Business,
        now: datetime,
    ) -> "ProposalOut":
        """Return the answer of a row at a moment."""
        status = status_at(row.status, row.valid_until, now)
        return cls(
            **content_of(row, business, now),
            # The code never changes; the title of what was sent is the one that was sent.
            project_code=project.code,
            project_title=(row.parties or {}).get("project_title", project.title),
            project_id=row.project_id,
            org_id=row.org_id,
            organization=OrganizationName(id=organization.id, name=organization.name),
            next_statuses=list(allowed_from(status)),
            decided_name=row.decided_name,
            decision_note=row.decision_note,
            revision=row.revision,
            created_by=row.created_by,
            created_at=row.created_at,
            updated_at=row.updated_at,
        )


def content_of(row: Proposal, business: Business, now: datetime) -> dict[str, object]:
    """Return the members that every view of a proposal shares."""

    def money(amount: int) -> MoneyBody:
        return MoneyBody(amount=amount, currency=row.currency)

    lines = lines_of(row)
    return {
        "id": row.id,
        "version": row.version,
        "status": status_at(row.status, row.valid_until, now),
        "title": row.title,
        "summary": row.summary,
        "line_items": [LineItemOut.of(line, row.currency) for line in lines],
        "tax_inclusive": row.tax_inclusive,
        "tax_name": (row.parties or {}).get("tax_name", business.tax_name),
        "subtotal": money(row.subtotal),
        "tax": money(row.tax),
        "taxes": TaxBody.table(lines, row.currency),
        "total": money(row.total),
        "deposit": money(row.deposit) if row.deposit is not None else None,
        "terms": row.terms,
        "valid_until": row.valid_until,
        "valid_until_day": last_day(row.valid_until, business),
        "sent_at": row.sent_at,
        "decided_at": row.decided_at,
        "content_hash": row.content_hash,
    }
