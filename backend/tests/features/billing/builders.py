"""Payments, invoices and webhooks for tests that need them; no payment provider takes part."""

import hashlib
import hmac
import json
import time
import uuid

from capecontrol.core.ids import new_id
from capecontrol.core.storage import ObjectStorage
from capecontrol.core.work import UnitOfWork
from capecontrol.features.billing.lifecycle import IntentStatus, InvoiceStatus
from capecontrol.features.billing.models import Invoice, Payment, PaymentIntent, PaymentStatus
from tests.features.proposals.builders import build_approved_proposal
from tests.security.world import CANARY, World

STRIPE_SECRET = "whsec_for_tests"


async def build_payment_intent(world: World) -> str:
    """Make an open checkout of an approved proposal, and return the payment intent's id."""
    proposal_id = uuid.UUID(await build_approved_proposal(world))
    async with world.unit() as work:
        return str((await _add_intent(world, work, proposal_id, IntentStatus.CHECKOUT_OPEN)).id)


async def build_spent_intent(world: World, proposal_id: str, status: IntentStatus) -> None:
    """Make an intent of a proposal that came to its end, with money that was applied."""
    async with world.unit() as work:
        now = work.now()
        intent = await _add_intent(world, work, uuid.UUID(proposal_id), status)
        work.session.add(
            Payment(
                id=new_id(), org_id=world.own, payment_intent_id=intent.id,
                provider_payment_id=f"pi_{uuid.uuid4().hex}", amount=1, currency="ZAR", status=PaymentStatus.APPLIED,
                received_at=now, created_at=now,
            )
        )  # fmt: skip


async def build_invoice(world: World) -> str:
    """Make a paid invoice with its document, and return its id."""
    proposal_id = await build_approved_proposal(world)
    proposal = (await world.operator.client.get(f"/api/proposals/{proposal_id}")).json()
    key, number = f"tests/{uuid.uuid4()}.pdf", world.number()
    await world.people.ports.get(ObjectStorage).put(key, b"%PDF-" + CANARY.encode(), "application/pdf")
    async with world.unit() as work:
        now = work.now()
        intent = await _add_intent(world, work, uuid.UUID(proposal_id), IntentStatus.SUCCEEDED)
        payment = Payment(
            id=new_id(), org_id=world.own, payment_intent_id=intent.id, provider_payment_id=f"pi_{uuid.uuid4().hex}",
            amount=143_750, currency="ZAR", status=PaymentStatus.APPLIED, received_at=now, created_at=now,
        )  # fmt: skip
        work.session.add(payment)
        await work.session.flush()
        invoice = Invoice(
            id=new_id(), org_id=world.own, project_id=uuid.UUID(proposal["project_id"]),
            proposal_id=uuid.UUID(proposal_id), payment_id=payment.id, number=f"INV-{CANARY}-{number}", year=2026,
            sequence=number, title=world.word(), status=InvoiceStatus.PAID, currency="ZAR", subtotal=125_000,
            tax=18_750, total=143_750, line_items=[], seller={"name": "Seller"},
            buyer={"name": CANARY, "project_code": CANARY}, issued_at=now, paid_at=now, pdf_key=key, created_at=now,
            updated_at=now,
        )  # fmt: skip
        work.session.add(invoice)
        await work.session.flush()
        return str(invoice.id)


async def _add_intent(world: World, work: UnitOfWork, proposal_id: uuid.UUID, status: IntentStatus) -> PaymentIntent:
    now = work.now()
    row = PaymentIntent(
        id=new_id(), org_id=world.own, proposal_id=proposal_id, amount=143_750, currency="ZAR", status=status,
        checkout_session_id=f"cs_{uuid.uuid4().hex}", checkout_url=f"https://stripe.test/{CANARY}", expires_at=now,
        created_by=new_id(), created_at=now, updated_at=now,
    )  # fmt: skip
    work.session.add(row)
    await work.session.flush()
    return row


def stripe_event() -> bytes:
    """A webhook that hints at nothing that we know."""
    identifier = uuid.uuid4().hex
    return json.dumps(
        {
            "id": f"evt_{identifier}", "object": "event", "type": "balance.available", "created": int(time.time()),
            "api_version": "2026-01-01", "livemode": False, "data": {"object": {"object": "balance"}},
        }
    ).encode()  # fmt: skip


def sign_stripe(payload: bytes, *, moment: float | None = None, secret: str = STRIPE_SECRET) -> str:
    """The header of a webhook."""
    stamp = str(int(moment if moment is not None else time.time()))
    signed = hmac.new(secret.encode(), stamp.encode() + b"." + payload, hashlib.sha256).hexdigest()
    return f"t={stamp},v1={signed}"
