"""Take a webhook in: verify, store once, and leave the rest to the outbox."""

from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.work import Units
from capecontrol.features.billing.dao import StripeEventDao
from capecontrol.features.billing.errors import WebhookRefused
from capecontrol.features.billing.events import StripeEventReceived
from capecontrol.features.billing.ports import BadSignature, PaymentGateway


async def receive_stripe_event(units: Units, payload: bytes, signature: str, *, gateway: PaymentGateway) -> bool:
    """Store an event and announce it in one transaction, committed before the provider hears 200.

    Returns:
        Whether it was new.

    Raises:
        WebhookRefused: the signature is missing, wrong or out of its time. Nothing is stored.
    """
    try:
        event = gateway.verify_webhook(payload, signature, units.clock.now())
    except BadSignature as error:
        raise WebhookRefused(internal=str(error)) from error
    async with units.open(PlatformScope("stripe: store a webhook")) as work:
        stored = await StripeEventDao(work).store(event, work.now())
        if stored is None:
            return False
        await work.emit(StripeEventReceived(stripe_event_id=stored))
        await work.record("stripe_event.received", resource=("stripe_event", stored), metadata={"type": event.type})
    return True
