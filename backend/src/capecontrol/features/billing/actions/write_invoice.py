"""Write the document of an invoice that was paid, and mail it."""

import hashlib

from capecontrol.core.business import Business
from capecontrol.core.changes.note import note_change
from capecontrol.core.changes.topic import Topic
from capecontrol.core.documents import MEDIA_TYPE, PdfRenderer
from capecontrol.core.letterhead import letterhead
from capecontrol.core.links import Links, Pages
from capecontrol.core.outbox.delivery import Delivery, GiveUp
from capecontrol.core.storage import ObjectStorage
from capecontrol.features.billing.dao.invoices import InvoiceDao
from capecontrol.features.billing.events import InvoicePaid
from capecontrol.features.billing.invoice_document import filename_of, invoice_html
from capecontrol.features.billing.mails import PaymentReceivedMail
from capecontrol.features.billing.models import Invoice
from capecontrol.features.identity.interface import owners_of
from capecontrol.features.notifications.interface import StoredFile, send_mail
from capecontrol.features.projects.interface import get_project


async def write_invoice(event: InvoicePaid, delivery: Delivery) -> None:
    """Render the invoice's PDF, keep it, and mail it to the organization's owners.

    The PDF is kept once: a second attempt finds it and never replaces it.
    """
    async with delivery.phase() as work:
        invoice = await InvoiceDao(work).get(event.invoice_id)
    if invoice is None:
        raise GiveUp("the invoice is gone")
    key = invoice.pdf_key or f"invoices/{invoice.org_id}/{invoice.id}.pdf"
    business, storage = delivery.ports.get(Business), delivery.ports.get(ObjectStorage)
    pdf: bytes | None = None
    if invoice.pdf_key is None:
        pictures = await letterhead(storage, business)
        page = invoice_html(invoice, business, pictures)
        pdf = await delivery.ports.get(PdfRenderer).render(page, pictures, source=str(invoice.org_id))
        await storage.put(key, pdf, MEDIA_TYPE)
    links = delivery.ports.get(Links)
    async with delivery.completing() as work:
        if pdf is not None:
            await InvoiceDao(work).update_where(
                Invoice.id == invoice.id,
                Invoice.pdf_key.is_(None),
                pdf_key=key,
                pdf_sha256=hashlib.sha256(pdf).hexdigest(),
            )
            note_change(work, Topic.INVOICES, invoice.id, org_id=invoice.org_id, project_id=invoice.project_id)
        project = await get_project(work, invoice.project_id)
        for owner in await owners_of(work, invoice.org_id):
            await send_mail(
                work,
                PaymentReceivedMail(
                    full_name=owner.full_name,
                    organization_name=str(invoice.buyer["name"]),
                    title=invoice.title,
                    project_code=project.code if project else "",
                    invoice_number=invoice.number,
                    total_text=business.formats.minor_units(invoice.total, invoice.currency),
                    url=links.page(Pages.invoice(invoice.id)),
                ),
                to=owner.email,
                attachments=(StoredFile(key, filename_of(invoice)),),
            )
