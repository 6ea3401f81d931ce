"""A shop: an owner with approved proposals, and a local Stripe that calls the application back."""

import time
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from capecontrol.adapters.email.local import LocalMail, LocalMailbox
from capecontrol.adapters.storage.folder import FolderStorage
from capecontrol.adapters.stripe.gateway import StripeGateway
from capecontrol.adapters.stripe.local import LocalStripe, local_stripe
from capecontrol.adapters.stripe.local.objects import CheckoutSession
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.documents import PdfRenderer
from capecontrol.core.permissions import Role
from capecontrol.core.ports import Ports
from capecontrol.core.storage import ObjectStorage
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.features.billing.ports import PaymentGateway
from capecontrol.features.billing.stripe import StripeWebhooks
from capecontrol.features.notifications.ports import Mailer
from tests.moving_clock import MovingClock
from tests.outbox_drain import Drain
from tests.people import SYSTEM, People, Person
from tests.plain_renderer import PlainRenderer

WEBHOOK_SECRET = "whsec_for_tests"
CARD = {"card_number": "4242 4242 4242 4242", "expiry": "12 / 34", "cvc": "123", "action": "pay"}
LINES: list[dict[str, object]] = [
    {
        "description": "Lead capture workflow",
        "quantity": "1",
        "unit_price": {"amount": 6_200_000, "currency": "ZAR"},
        "tax_rate": "15.00",
    },
    {
        "description": "Monitoring and support, months",
        "quantity": "1.5",
        "unit_price": {"amount": 33_333, "currency": "ZAR"},
        "tax_rate": "15.00",
    },
    {
        "description": "Training day",
        "quantity": "1",
        "unit_price": {"amount": 900_000, "currency": "ZAR"},
        "tax_rate": "15.00",
        "optional": True,
    },
]


@dataclass
class Shop:
    """Everything that a test of money needs."""

    people: People
    owner: Person
    operator: Person
    stripe: LocalStripe
    gateway: StripeGateway
    mailbox: LocalMailbox
    browser: httpx.AsyncClient
    drain: Drain
    factory: UnitOfWorkFactory

    async def approved(
        self, lines: list[dict[str, object]] | None = None, *, tax_inclusive: bool = False, is_mailed: bool = False
    ) -> dict[str, Any]:
        """Make a project and a proposal that its owner approved, before its mail went out or after; return it."""
        body = {"org_id": str(self.owner.org_id), "title": "Lead capture"}
        project = (await self.operator.client.post("/api/projects", body)).json()
        answer = await self.operator.client.post(
            "/api/proposals",
            {
                "project_id": project["id"],
                "title": "Lead capture and follow-up",
                "line_items": lines or LINES,
                "tax_inclusive": tax_inclusive,
            },
        )
        assert answer.status_code == 201, answer.text
        proposal = answer.json()
        sent = await self.operator.client.post(f"/api/proposals/{proposal['id']}/send")
        assert sent.status_code == 200, sent.text
        if is_mailed:
            await self.settle()
        approved = await self.owner.client.post(f"/api/proposals/{proposal['id']}/approve")
        assert approved.status_code == 200, approved.text
        return dict(approved.json())

    async def checkout(self, proposal: dict[str, Any], **options: Any) -> httpx.Response:
        """Click on Pay."""
        return await self.owner.client.post(f"/api/billing/proposals/{proposal['id']}/checkout", **options)

    async def pay(self, url: str) -> httpx.Response:
        """Pay on the provider's page."""
        return await self.browser.post(url, data=CARD)

    async def debit(self, url: str) -> None:
        """Pay by debit on the provider's page: it is complete at once, and the money takes days."""
        assert (await self.browser.post(url, data={"action": "debit"})).status_code == 303

    async def clear_debit(self, url: str) -> None:
        """Let the money of a debit arrive."""
        assert (await self.browser.post(url, data={"action": "clear-debit"})).status_code == 303

    async def refuse_debit(self, url: str) -> None:
        """Let the bank refuse a debit."""
        assert (await self.browser.post(url, data={"action": "refuse-debit"})).status_code == 303

    def page_of(self, url: str) -> CheckoutSession:
        """Return the provider's own record of a page, which is not told to anybody by this."""
        page = self.stripe.checkout.store.get(CheckoutSession, url.rsplit("/", 1)[1])
        assert page is not None
        return page

    async def sign_in_again(self) -> None:
        """Go on as another owner of the same organization, and another operator: a clock that jumped ends sessions."""
        self.owner = await self.people.person(Role.OWNER, self.owner.org_id)
        self.operator = await self.people.operator()

    async def receive_webhooks(self) -> None:
        """Deliver what the provider has to tell."""
        while await self.stripe.courier.deliver_one(time.time()):
            pass

    async def settle(self) -> None:
        """Deliver webhooks, and then everything that the outbox holds."""
        await self.receive_webhooks()
        await self.drain()

    async def paid(
        self, lines: list[dict[str, object]] | None = None, *, tax_inclusive: bool = False, is_mailed: bool = False
    ) -> dict[str, Any]:
        """Make, approve and pay a proposal; return its invoice."""
        proposal = await self.approved(lines, tax_inclusive=tax_inclusive, is_mailed=is_mailed)
        opened = (await self.checkout(proposal)).json()
        assert (await self.pay(opened["url"])).status_code == 303
        await self.settle()
        intent = (await self.owner.client.get(f"/api/billing/payment-intents/{opened['payment_intent_id']}")).json()
        assert intent["status"] == "SUCCEEDED", intent
        return dict((await self.owner.client.get(f"/api/billing/invoices/{intent['invoice_id']}")).json())

    async def rows(self, statement: str, **values: object) -> list[dict[str, Any]]:
        """Return what the database holds."""
        async with self.factory.unit(SYSTEM, PlatformScope("tests")) as work:
            return [dict(row) for row in (await work.session.execute(text(statement), values)).mappings()]

    async def ledger(self) -> dict[str, list[tuple[object, ...]]]:
        """Return what money did, without ids and times."""
        queries = {
            "intents": "select status from payment_intents order by 1",
            "payments": "select status, amount, currency, provider_payment_id from payments order by 4",
            "invoices": "select number, status, total from invoices order by number",
            "projects": "select status from projects order by code",
        }
        return {
            name: [tuple(row.values()) for row in await self.rows(statement)] for name, statement in queries.items()
        }

    async def mails(self, subject: str) -> list[LocalMail]:
        """Return the mails whose subject begins so."""
        return [mail for mail in await self.mailbox.list_mails() if mail.subject.startswith(subject)]


@pytest.fixture
async def shop(
    people: People,
    drain: Drain,
    app: FastAPI,
    ports: Ports,
    factory: UnitOfWorkFactory,
    clock: MovingClock,
    tmp_path: Path,
) -> AsyncIterator[Shop]:
    before = {port: ports.get(port) for port in (PaymentGateway, StripeWebhooks, Mailer, ObjectStorage, PdfRenderer)}
    stripe = local_stripe(
        tmp_path / "stripe",
        secret_key="sk_test_for_tests",
        webhook_secret=WEBHOOK_SECRET,
        webhook_url="http://localhost:8000/api/webhooks/stripe",
        page_base="http://stripe.test",
        clock=clock,
        client=httpx.AsyncClient(transport=httpx.ASGITransport(app)),
    )
    transport = httpx.ASGITransport(stripe)
    gateway = StripeGateway("sk_test_for_tests", WEBHOOK_SECRET, api_base="http://stripe.test", transport=transport)
    mailbox = LocalMailbox(tmp_path / "mailbox", "CapeControl <no-reply@capecontrol.test>", clock)
    ports.provide(PaymentGateway, gateway)
    ports.provide(StripeWebhooks, gateway)
    ports.provide(Mailer, mailbox)
    ports.provide(ObjectStorage, FolderStorage(tmp_path / "objects"))
    ports.provide(PdfRenderer, PlainRenderer())
    async with httpx.AsyncClient(transport=transport) as browser:
        yield Shop(
            people=people,
            owner=await people.owner(),
            operator=await people.operator(),
            stripe=stripe,
            gateway=gateway,
            mailbox=mailbox,
            browser=browser,
            drain=drain,
            factory=factory,
        )
    for port, implementation in before.items():
        ports.provide(port, implementation)
    await stripe.courier.close()
    await gateway.close()
    stripe.checkout.store.close()


def new_uuid() -> str:
    return str(uuid.uuid4())
