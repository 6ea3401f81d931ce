"""HTTP: paying, invoices, and the provider's webhooks."""

from typing import Annotated

from fastapi import Header
from starlette.responses import Response

from capecontrol.core.business import Business
from capecontrol.core.documents import MEDIA_TYPE
from capecontrol.core.http import PathId, Router, provided, public, requires, requires_units
from capecontrol.core.http.export import CSV, Export, requires_export
from capecontrol.core.http.files import PDF_RESPONSES, stored_file
from capecontrol.core.http.filtering import filtering
from capecontrol.core.http.limits import Limit, Subject
from capecontrol.core.http.paging import paging, sorting
from capecontrol.core.http.signed_body import opaque_body, raw_body
from capecontrol.core.http.summed_page import SummedPage, WithSums
from capecontrol.core.inbox.webhook import WebhookRefused
from capecontrol.core.links import Links
from capecontrol.core.lists.pagination import Page, PageQuery
from capecontrol.core.problems import TooLarge, Unavailable
from capecontrol.core.storage import ObjectStorage
from capecontrol.core.work import UnitOfWork, Units
from capecontrol.features.billing.actions.open_checkout import open_checkout
from capecontrol.features.billing.actions.receive_stripe_event import receive_stripe_event
from capecontrol.features.billing.dao.intents import IntentDao
from capecontrol.features.billing.dao.invoices import INVOICES, InvoiceDao
from capecontrol.features.billing.dao.payments import PAYMENTS, PaymentDao
from capecontrol.features.billing.errors import (
    DocumentNotReady,
    NotPayable,
    PayFastOnHold,
    PaymentProcessing,
    PaymentProviderFailed,
)
from capecontrol.features.billing.export import INVOICES_CSV, PAYMENTS_CSV
from capecontrol.features.billing.filters import InvoiceFilter, PaymentFilter
from capecontrol.features.billing.invoice_document import filename_of
from capecontrol.features.billing.permissions import INVOICES_READ, PAYMENTS_READ, PROPOSALS_PAY
from capecontrol.features.billing.ports import PaymentGateway
from capecontrol.features.billing.schemas import (
    CheckoutOut,
    InvoiceDetailOut,
    InvoiceOut,
    PaymentIntentOut,
    PaymentOut,
    WebhookOut,
)
from capecontrol.features.billing.stripe import StripeWebhooks

router = Router("billing")

#: Each may ask the payment provider for a page.
CHECKOUTS = Limit("checkouts", per_second=1, burst=30, by=Subject.ACTOR)


@router.post(
    "/api/billing/proposals/{proposal_id}/checkout",
    operation_id="open_checkout",
    summary="Pay a proposal",
    status_code=201,
    problems=[NotPayable, PaymentProcessing, PaymentProviderFailed],
)
async def pay_proposal(
    proposal_id: PathId,
    units: Annotated[Units, requires_units(PROPOSALS_PAY, limit=CHECKOUTS)],
    gateway: Annotated[PaymentGateway, provided(PaymentGateway)],
    links: Annotated[Links, provided(Links)],
    business: Annotated[Business, provided(Business)],
) -> CheckoutOut:
    """Create a payment page for an approved proposal, or return the one that is already open."""
    page = await open_checkout(units, proposal_id, gateway=gateway, links=links, business=business)
    return CheckoutOut(payment_intent_id=page.payment_intent_id, url=page.url)


@router.get(
    "/api/billing/payment-intents/{payment_intent_id}",
    operation_id="get_payment_intent",
    summary="Retrieve a payment's status",
)
async def get_payment_intent(
    payment_intent_id: PathId, work: Annotated[UnitOfWork, requires(PAYMENTS_READ)]
) -> PaymentIntentOut:
    """Return the status of a payment. Ask again until it is no longer pending to find out whether it succeeded."""
    row = await IntentDao(work).look(payment_intent_id)
    return PaymentIntentOut.of(row, await InvoiceDao(work).of_proposal(row.proposal_id))


@router.get("/api/billing/payments", operation_id="list_payments", summary="List payments")
async def list_payments(
    work: Annotated[UnitOfWork, requires(PAYMENTS_READ)],
    wanted: Annotated[PaymentFilter, filtering(PaymentFilter)],
    query: Annotated[PageQuery, paging(PAYMENTS)],
) -> Page[PaymentOut]:
    """Return payments received, newest first by default."""
    rows = await PaymentDao(work).received(wanted, query)
    return rows.to_page([PaymentOut.of(row) for row in rows.rows])


@router.get("/api/billing/payments/export.csv", operation_id="export_payments", summary="Export payments as CSV", **CSV)
async def export_payments(
    export: Annotated[Export, requires_export(PAYMENTS_READ)],
    wanted: Annotated[PaymentFilter, filtering(PaymentFilter)],
    sort: Annotated[str, sorting(PAYMENTS)],
) -> Response:
    """Stream all payments that match the filters."""
    return export.of(PAYMENTS_CSV, sort, **wanted.values())


@router.get("/api/billing/invoices", operation_id="list_invoices", summary="List invoices")
async def list_invoices(
    work: Annotated[UnitOfWork, requires(INVOICES_READ)],
    wanted: Annotated[InvoiceFilter, filtering(InvoiceFilter)],
    query: Annotated[PageQuery, paging(INVOICES)],
    sums: WithSums = False,
) -> SummedPage[InvoiceOut]:
    """Return invoices, newest first by default. Clients see their own."""
    dao = InvoiceDao(work)
    if not sums:
        rows, amounts = await dao.search(wanted, query), None
    else:
        rows, amounts = await work.transaction.together(dao.search(wanted, query), dao.sums(wanted))
    return SummedPage[InvoiceOut].of(rows.to_page([InvoiceOut.of(row) for row in rows.rows]), amounts)


@router.get("/api/billing/invoices/export.csv", operation_id="export_invoices", summary="Export invoices as CSV", **CSV)
async def export_invoices(
    export: Annotated[Export, requires_export(INVOICES_READ)],
    wanted: Annotated[InvoiceFilter, filtering(InvoiceFilter)],
    sort: Annotated[str, sorting(INVOICES)],
) -> Response:
    """Stream all invoices that match the filters."""
    return export.of(INVOICES_CSV, sort, **wanted.values())


@router.get("/api/billing/invoices/{invoice_id}", operation_id="get_invoice", summary="Retrieve an invoice")
async def get_invoice(invoice_id: PathId, work: Annotated[UnitOfWork, requires(INVOICES_READ)]) -> InvoiceDetailOut:
    """Return an invoice with its line items."""
    return InvoiceDetailOut.of(await InvoiceDao(work).look(invoice_id))


@router.get(
    "/api/billing/invoices/{invoice_id}/pdf",
    operation_id="get_invoice_pdf",
    summary="Download an invoice as PDF",
    response_class=Response,
    responses=PDF_RESPONSES,
    problems=[DocumentNotReady, Unavailable],
)
async def get_invoice_pdf(
    invoice_id: PathId,
    units: Annotated[Units, requires_units(INVOICES_READ)],
    storage: Annotated[ObjectStorage, provided(ObjectStorage)],
) -> Response:
    """Return the PDF that was created when the invoice was issued. It never changes."""
    async with units.open() as work:
        invoice = await InvoiceDao(work).require(invoice_id)
    if invoice.pdf_key is None:
        raise DocumentNotReady("It's usually ready within a few seconds. Try again shortly.", allowed=[])
    return await stored_file(storage, invoice.pdf_key, filename=filename_of(invoice), media_type=MEDIA_TYPE)


@router.post(
    "/api/webhooks/stripe",
    operation_id="receive_stripe_webhook",
    summary="Receive a Stripe webhook",
    problems=[TooLarge, WebhookRefused],
    openapi_extra=opaque_body(),
)
async def receive_stripe_webhook(
    units: Annotated[Units, public(csrf=False, takes_key=False)],
    webhooks: Annotated[StripeWebhooks, provided(StripeWebhooks)],
    payload: Annotated[bytes, raw_body()],
    stripe_signature: Annotated[str, Header(description="Stripe's signature of the raw body (`t=…,v1=…`).")] = "",
) -> WebhookOut:
    """Store a signed Stripe event. It is processed afterwards, once, however often it is sent."""
    await receive_stripe_event(units, payload, {"stripe-signature": stripe_signature}, webhooks=webhooks)
    return WebhookOut()


@router.post(
    "/api/payments/payfast/checkout",
    operation_id="open_payfast_checkout",
    summary="Pay with PayFast (not available)",
    problems=[PayFastOnHold],
    status_code=PayFastOnHold.status,
    response_class=Response,
    response_model=None,
)
async def open_payfast_checkout(_units: Annotated[Units, public(csrf=False, takes_key=False)]) -> None:
    """Answer that PayFast isn't available."""
    raise PayFastOnHold("Pay by card instead.")


@router.post(
    "/api/payments/payfast/itn",
    operation_id="receive_payfast_notice",
    summary="Receive a PayFast notification (not available)",
    problems=[PayFastOnHold],
    status_code=PayFastOnHold.status,
    response_class=Response,
    response_model=None,
)
async def receive_payfast_notice(_units: Annotated[Units, public(csrf=False, takes_key=False)]) -> None:
    """Answer that PayFast isn't available."""
    raise PayFastOnHold("Pay by card instead.")
