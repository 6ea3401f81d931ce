"""Take webhooks in, and apply what was taken in."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from capecontrol.core.actor import Actor
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.inbox.dao import InboundEventDao
from capecontrol.core.inbox.webhook import Provider, Webhook, WebhookStored
from capecontrol.core.outbox.delivery import Delivery, GiveUp
from capecontrol.core.work import UnitOfWork, Units

_APPLY = PlatformScope("inbox: apply a webhook")


async def take_in(units: Units, provider: Provider, webhook: Webhook) -> bool:
    """Store a verified webhook and announce it in one transaction, committed before the provider hears 200.

    Returns:
        Whether it was new. A repetition changes nothing: the first is applied, or about to be.
    """
    # Signed: it is the provider who acts, not somebody who did not sign in.
    scope, sender = PlatformScope(f"{provider.name}: store a webhook"), Actor.system(provider.name)
    async with units.open(scope, actor=sender) as work:
        stored = await InboundEventDao(work).store(provider.name, webhook)
        if stored is None:
            return False
        await work.emit(provider.announces(org_id=webhook.org_id, inbound_event_id=stored))
        await work.record(
            f"{provider.name}_event.received",
            resource=("inbound_event", stored),
            org_id=webhook.org_id,
            metadata={"type": webhook.type, "external_id": webhook.external_id},
        )
    return True


@dataclass(frozen=True, slots=True)
class StoredWebhook:
    """A webhook as a handler gets it. ``payload`` is the body as it came; None once it was forgotten."""

    external_id: str
    type: str
    payload: bytes | None


async def stored_webhook(event: WebhookStored, delivery: Delivery) -> StoredWebhook:
    """Return the webhook that a handler is asked to apply.

    Raises:
        GiveUp: it is not there.
        SealBroken, KeyNotReadable: this worker cannot open it; another may.
    """
    async with delivery.phase(_APPLY) as work:
        stored = await InboundEventDao(work).get(event.inbound_event_id)
    if stored is None:
        raise GiveUp("the stored webhook is gone")
    if stored.payload is None or not stored.is_sealed:
        return StoredWebhook(stored.external_id, stored.type, stored.payload)
    payload = delivery.factory.keyring.open_bytes(stored.payload)
    return StoredWebhook(stored.external_id, stored.type, payload)


@asynccontextmanager
async def applying(event: WebhookStored, delivery: Delivery) -> AsyncIterator[UnitOfWork]:
    """Open the unit in which a handler applies a webhook, with the platform's scope.

    Its effects, the message's completion and the note that the webhook is handled commit together, once.

    Raises:
        LeaseLost: another attempt was faster; nothing of this block is kept.
    """
    async with delivery.completing(_APPLY) as work:
        yield work
        await InboundEventDao(work).mark_handled(event.inbound_event_id)
