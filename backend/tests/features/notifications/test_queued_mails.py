"""Mails that the release before queued go out after an upgrade, and the other way round while it is being replaced.

The rows are written out as 0.1.0 wrote them: nobody edits them. A release that adds mails adds its own rows.
"""

import json
from datetime import timedelta

import pytest

from capecontrol.adapters.email.local import LocalMailbox
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.outbox.model import OutboxMessage
from capecontrol.core.ports import Ports
from capecontrol.core.storage import ObjectStorage
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.main.features import mails
from tests.features.notifications.outbox_rows import outbox_rows
from tests.outbox_drain import Drain
from tests.people import SYSTEM

TOKEN = "https://example.test/the-one-time-token"
FILE = {"key": "of/the/mail.pdf", "filename": "kept.pdf", "media_type": "application/pdf"}
#: Of each mail: its subject, its context, what was sealed, its files.
QUEUED: dict[str, tuple[str, dict[str, object], dict[str, str], list[dict[str, str]]]] = {
    "verify_email": (
        "Confirm your e-mail address for Northstar Automation’s client portal",
        {"full_name": "Thandi Nkosi"},
        {"url": TOKEN},
        [],
    ),
    "address_known": (
        "You already have an account with Northstar Automation",
        {"full_name": "Thandi Nkosi", "login_url": "https://example.test/login"},
        {},
        [],
    ),
    "proposal_sent": (
        "Revised proposal, version 2, from Northstar Automation: Lead capture",
        {
            "full_name": "Thandi Nkosi",
            "organization_name": "Harbour Logistics",
            "project_code": "PRJ-2026-019",
            "title": "Lead capture",
            "version": 2,
            "total_text": "R\u00a0110,400.00",
            "valid_until_text": "",
        },
        {"url": TOKEN},
        [FILE],
    ),
    "bank_details_changed": (
        "The bank details of Northstar Automation have changed",
        {
            "full_name": "Naledi Dlamini",
            "changed_by": "Sipho Ndlovu",
            "changed_text": "22 November 2026, 09:30",
            "url": "https://example.test/admin/business",
        },
        {},
        [],
    ),
    "contact_changed": (
        "The contact details of Northstar Automation have changed",
        {
            "full_name": "Naledi Dlamini",
            "changed_by": "Sipho Ndlovu",
            "changed_text": "22 November 2026, 09:30",
            "url": "https://example.test/admin/business",
        },
        {},
        [],
    ),
    "proposal_decided": (
        "Changes requested by Harbour Logistics: Lead capture",
        {
            "full_name": "Naledi Dlamini",
            "decision": "CHANGES_REQUESTED",
            "organization_name": "Harbour Logistics",
            "project_code": "PRJ-2026-019",
            "title": "Lead capture",
            "version": 2,
            "total_text": "R\u00a0110,400.00",
            "decided_name": "",
            "note": "Split the report into two",
            "url": "https://example.test/proposals/1",
        },
        {},
        [],
    ),
    "payment_received": (
        "Payment received: invoice INV-2026-0043 from Northstar Automation",
        {
            "full_name": "Thandi Nkosi",
            "organization_name": "Harbour Logistics",
            "title": "Lead capture",
            "project_code": "PRJ-2026-019",
            "invoice_number": "INV-2026-0043",
            "total_text": "R\u00a0110,400.00",
            "url": "https://example.test/invoices/1",
        },
        {},
        [FILE],
    ),
}


@pytest.mark.parametrize("template", QUEUED)
async def test_a_mail_that_the_release_before_queued_goes_out(
    factory: UnitOfWorkFactory, ports: Ports, mailbox: LocalMailbox, drain: Drain, template: str
) -> None:
    subject, context, secrets, files = QUEUED[template]
    await ports.get(ObjectStorage).put(FILE["key"], b"%PDF kept", FILE["media_type"])
    async with factory.unit(SYSTEM, PlatformScope("tests")) as work:
        row = OutboxMessage(
            topic="notifications.mail_requested.v1",
            consumer="notifications.deliver_mail",
            payload={
                "org_id": None,
                "to": "owner@example.com",
                "template": template,
                "context": context,
                "sealed": work.keyring.seal(json.dumps(secrets)) if secrets else None,
                "attachments": files,
            },
            created_at=work.now() - timedelta(days=1),
        )
        work.session.add(row)
    await drain()
    assert [row["last_error"] for row in await outbox_rows(factory)] == [None]
    [mail] = await mailbox.list_mails()
    assert (mail.to, mail.subject) == ("owner@example.com", subject)
    assert len(mail.attachments) == len(files)
    assert all(secret in mail.text for secret in secrets.values())


@pytest.mark.parametrize("template", QUEUED)
def test_the_release_before_can_write_what_this_one_queues(template: str) -> None:
    """Its templates refuse a mail that lacks a name; a process of it may take the message while it is replaced."""
    _, context, secrets, _ = QUEUED[template]
    (declared,) = [mail for mail in mails() if mail.template == template]
    assert context.keys() | secrets.keys() <= declared.model_fields.keys()
