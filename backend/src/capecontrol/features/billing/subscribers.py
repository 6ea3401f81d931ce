"""Reactions: webhooks are applied, pages taken back, invoices written and mailed."""

from typing import Any

import structlog

from capecontrol.core.business import Business
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.inbox.dao import InboundEventDao
from capecontrol.core.inbox.inbox import applying, stored_webhook
from capecontrol.core.inbox.webhook import Webhook
from capecontrol.core.outbox.delivery import Delivery, GiveUp
from capecontrol.core.outbox.lane import Lane
from capecontrol.core.outbox.registry import Subscription
from capecontrol.features.billing.actions.close_unknown_checkout import close_unknown_checkout
from capecontrol.features.billing.actions.settle_checkout import settle_checkout
from capecontrol.features.billing.actions.tell_payment_failed import tell_payment_failed
from capecontrol.features.billing.actions.withdraw_checkouts import withdraw_of_archived
from capecontrol.features.billing.actions.write_invoice import write_invoice
from capecontrol.features.billing.dao.stripe_events import StripeEventDao
from capecontrol.features.billing.events import CheckoutCheckDue, CheckoutWithdrawn, InvoicePaid, PaymentFailed
from capecontrol.features.billing.ports import GatewayError, GatewayUnknown, PaymentGateway
from capecontrol.features.billing.stripe import STRIPE, StripeEventReceived, StripeWebhooks, StripeWebhookStored
from capecontrol.features.projects.events import ProjectStatusChanged

log = structlog.get_logger("billing")

_PLATFORM = PlatformScope("billing: apply a payment")
#: The events that hint at a change of a payment page. All others are kept and left alone.
_CHECKOUT_EVENTS = "checkout.session."


async def apply_stripe_webhook(event: StripeWebhookStored, delivery: Delivery) -> None:
    """Ask the provider for the object that the webhook hints at, and settle that.

    The webhook's own content is not believed: events come twice, late and out of order, the object is what counts.
    """
    stored, state = await stored_webhook(event, delivery), None
    if stored.type.startswith(_CHECKOUT_EVENTS) and stored.payload is not None:
        session_id = delivery.ports.get(StripeWebhooks).hinted_object(stored.payload)
        state = await delivery.ports.get(PaymentGateway).get_checkout(session_id)
    async with applying(event, delivery) as work:
        if state is not None:
            await settle_checkout(work, state, delivery.ports.get(Business))


async def apply_stripe_event(event: StripeEventReceived, delivery: Delivery) -> None:
    """Apply a webhook that release 0.1.0 announced: before the upgrade, or beside this release while it was rolled out.

    The upgrade copied what 0.1.0 had stored by then, under the same id. What it stored afterwards is brought into the
    inbox here.
    """
    async with delivery.phase(_PLATFORM) as work:
        inbox = InboundEventDao(work)
        if await inbox.get(event.stripe_event_id) is None:
            old = await StripeEventDao(work).get(event.stripe_event_id)
            if old is None:
                raise GiveUp("the stored webhook is gone")
            webhook = Webhook(external_id=old.external_id, type=old.type, payload=old.payload)
            if await inbox.store(STRIPE.name, webhook, identifier=old.id) is None:
                return  # It came to this release, too: that one's message applies it.
    await apply_stripe_webhook(StripeWebhookStored(inbound_event_id=event.stripe_event_id), delivery)


async def check_checkout(event: CheckoutCheckDue, delivery: Delivery) -> None:
    """Ask the provider about a page that has been silent: its webhook may never come.

    A question that fails is not asked again by the outbox: the schedule asks every silent page anew.
    """
    try:
        state = await delivery.ports.get(PaymentGateway).get_checkout(event.session_id)
    except GatewayUnknown:
        async with delivery.completing(_PLATFORM) as work:
            await close_unknown_checkout(work, event.session_id)
        return
    except GatewayError as error:
        log.warning("checkout.not_checked", session_id=event.session_id, reason=f"{type(error).__name__}: {error}")
        return
    async with delivery.completing(_PLATFORM) as work:
        await settle_checkout(work, state, delivery.ports.get(Business))


async def withdraw_checkout(event: CheckoutWithdrawn, delivery: Delivery) -> None:
    """Close a page at the provider and settle its answer: a payer may have been faster."""
    try:
        state = await delivery.ports.get(PaymentGateway).expire_checkout(event.session_id)
    except GatewayUnknown:
        async with delivery.completing(_PLATFORM) as work:
            await close_unknown_checkout(work, event.session_id)
        return
    async with delivery.completing(_PLATFORM) as work:
        await settle_checkout(work, state, delivery.ports.get(Business))


SUBSCRIPTIONS: tuple[Subscription[Any], ...] = (
    Subscription(
        event=StripeWebhookStored, consumer="billing.apply_stripe_webhook", handle=apply_stripe_webhook, lane=Lane.MONEY
    ),
    Subscription(
        event=StripeEventReceived, consumer="billing.apply_stripe_event", handle=apply_stripe_event, lane=Lane.MONEY
    ),
    Subscription(event=CheckoutCheckDue, consumer="billing.check_checkout", handle=check_checkout, lane=Lane.MONEY),
    Subscription(
        event=CheckoutWithdrawn, consumer="billing.withdraw_checkout", handle=withdraw_checkout, lane=Lane.MONEY
    ),
    Subscription(
        event=ProjectStatusChanged,
        consumer="billing.withdraw_of_archived",
        handle=withdraw_of_archived,
        lane=Lane.MONEY,
    ),
    Subscription(
        event=PaymentFailed, consumer="billing.tell_payment_failed", handle=tell_payment_failed, lane=Lane.MONEY
    ),
    Subscription(event=InvoicePaid, consumer="billing.write_invoice", handle=write_invoice, lane=Lane.MONEY),
)
