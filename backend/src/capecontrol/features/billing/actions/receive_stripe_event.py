"""Take a webhook in: verify, store once, and leave the rest to the outbox."""

from collections.abc import Mapping

from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.inbox.inbox import take_in
from capecontrol.core.work import Units
from capecontrol.features.billing.dao.stripe_events import StripeEventDao
from capecontrol.features.billing.stripe import STRIPE, StripeWebhooks


async def receive_stripe_event(
    units: Units, payload: bytes, headers: Mapping[str, str], *, webhooks: StripeWebhooks
) -> bool:
    """Put a verified event into the inbox, committed before the provider hears 200.

    Returns:
        Whether it was new.

    Raises:
        WebhookRefused: the signature is missing, wrong or out of its time. Nothing is stored.
    """
    webhook = webhooks.verify_webhook(payload, headers, units.clock.now())
    async with units.open(PlatformScope("stripe: look for a webhook that 0.1.0 took in")) as work:
        if await StripeEventDao(work).has(webhook.external_id):
            return False
    return await take_in(units, STRIPE, webhook)
