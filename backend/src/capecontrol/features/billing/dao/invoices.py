"""Queries of invoices."""

import uuid
from typing import Any

from sqlalchemy import ColumnElement, Integer, SQLColumnExpression, bindparam, case, select

from capecontrol.core.dao import Dao
from capecontrol.core.db.constant import constant
from capecontrol.core.db.word_search import WordSearch
from capecontrol.core.lists.amounts import Amounts
from capecontrol.core.lists.page_read import PageRead
from capecontrol.core.lists.pagination import PageQuery, Slice
from capecontrol.core.money import Money
from capecontrol.core.record_search import RecordKind, RecordSearch
from capecontrol.core.scoped_read import ScopedRead
from capecontrol.features.billing.filters import InvoiceFilter
from capecontrol.features.billing.lifecycle import InvoiceStatus
from capecontrol.features.billing.models import Invoice, InvoiceToken
from capecontrol.features.billing.permissions import INVOICES_READ
from capecontrol.features.billing.summary import InvoiceSummary
from capecontrol.features.organizations.interface import organizations_to_join


class InvoiceDao(Dao[Invoice]):
    """Invoices within the scope."""

    model = Invoice

    async def search(self, wanted: InvoiceFilter, query: PageQuery) -> Slice[Invoice]:
        """Return a page of invoices."""
        return await INVOICES.page(self.work, query, **wanted.values())

    async def sums(self, wanted: InvoiceFilter) -> list[Money] | None:
        """Return what all invoices of a search come to, by currency; None where they are too many."""
        return await INVOICES.sums(self.work, **wanted.values())

    async def latest(self, limit: int) -> list[InvoiceSummary]:
        """Return the newest invoices."""
        return await _LATEST.all(self.work, rows=limit)

    async def of_proposal(self, proposal_id: uuid.UUID) -> Invoice | None:
        """Return the newest invoice of a proposal."""
        statement = self.select().where(Invoice.proposal_id == proposal_id)
        return await self.one(statement.order_by(Invoice.created_at.desc()).limit(1))


_WORDS = WordSearch(InvoiceToken.token, InvoiceToken.invoice_id, InvoiceToken.org_id)
INVOICES = PageRead(
    Invoice,
    sorts={"number": (Invoice.year, Invoice.sequence), "issued_at": Invoice.issued_at, "total": Invoice.total},
    project_id=Invoice.project_id == bindparam("project_id"),
    status=Invoice.status == bindparam("status"),
    org_id=Invoice.org_id == bindparam("org_id"),
    since=Invoice.issued_at >= bindparam("since"),
    until=Invoice.issued_at < bindparam("until"),
    amounts=Amounts(Invoice.total, Invoice.currency),
    words=_WORDS,
)
INVOICE_SEARCH = RecordSearch(
    kind=RecordKind.INVOICE,
    permission=INVOICES_READ,
    words=_WORDS,
    id=Invoice.id,
    org_id=Invoice.org_id,
    created_at=Invoice.created_at,
    updated_at=Invoice.updated_at,
    title=Invoice.title,
    code=Invoice.number,
    status=Invoice.status,
    organization=organizations_to_join(),
)
_LATEST = ScopedRead(
    select(
        Invoice.id, Invoice.org_id, Invoice.project_id, Invoice.number, Invoice.title, Invoice.status,
        Invoice.issued_at, Invoice.total, Invoice.currency,
    )
    .order_by(Invoice.created_at.desc(), Invoice.id.desc())
    .limit(bindparam("rows", type_=Integer)),
    InvoiceSummary.read,
    owner=Invoice.org_id,
)  # fmt: skip


def invoice_code(invoice_id: SQLColumnExpression[Any]) -> ColumnElement[str | None]:
    """Select the number of the invoice of an id, for a statement of another feature; null where no invoice has it."""
    return select(Invoice.number).where(Invoice.id == invoice_id).scalar_subquery()


def invoice_title(invoice_id: SQLColumnExpression[Any]) -> ColumnElement[str | None]:
    """Select the title of the invoice of an id, for a statement of another feature; null where no invoice has it."""
    return select(Invoice.title).where(Invoice.id == invoice_id).scalar_subquery()


def buyer_says(name: str) -> ColumnElement[str]:
    """Return what an invoice says of its buyer."""
    said: ColumnElement[str] = Invoice.buyer[name].astext
    return said


def balance_shown() -> ColumnElement[int]:
    """Return what is still to be paid of an invoice, as ``InvoiceOut`` tells it."""
    settled = [constant(status) for status in (InvoiceStatus.PAID, InvoiceStatus.VOID)]
    return case((Invoice.status.in_(settled), constant(0)), else_=Invoice.total)
