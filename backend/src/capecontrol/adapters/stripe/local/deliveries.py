"""Signed webhooks: delivered until they are taken, also after a restart."""

import asyncio
import time
from collections.abc import Callable

import httpx
import stripe
import structlog

from capecontrol.adapters.stripe.local.checkout import CheckoutService
from capecontrol.adapters.stripe.local.store import Delivery, Store

#: Waiting time after each failed attempt, in seconds; the last one repeats until the third day.
BACKOFF_SECONDS = (0.5, 1, 2, 5, 15, 60, 300, 3600)
_GIVE_UP_ATTEMPTS = len(BACKOFF_SECONDS) + 72
_DEADLINE_SECONDS = 10.0
_TICK_SECONDS = 1.0

log = structlog.get_logger(__name__)


class Courier:
    """Takes due deliveries out of the store and posts them."""

    def __init__(
        self,
        store: Store,
        checkout: CheckoutService,
        webhook_url: str,
        webhook_secret: str,
        client: httpx.AsyncClient | None = None,
    ) -> None:
        """Take where to post and the secret to sign with."""
        self._store = store
        self._checkout = checkout
        self._url = webhook_url
        self._secret = webhook_secret
        self._client = client or httpx.AsyncClient(trust_env=False)
        self._wake = asyncio.Event()

    def wake(self) -> None:
        """Say that there is something to deliver, so that nobody waits for the next tick."""
        self._wake.set()

    async def run(self, wall_clock: Callable[[], float] = time.time) -> None:
        """Deliver, and expire sessions whose time is over, until cancelled."""
        while True:
            self._wake.clear()
            try:
                with self._store.writing():
                    self._checkout.expire_overdue()
                while await self.deliver_one(wall_clock()):
                    pass
            except Exception:
                # The stand-in must outlive its own mistakes: a dead courier looks like a lost payment.
                log.exception("local_stripe.courier_failed")
            try:
                async with asyncio.timeout(_TICK_SECONDS):
                    await self._wake.wait()
            except TimeoutError:
                pass

    async def deliver_one(self, now: float) -> bool:
        """Deliver the oldest due event, if any; tell whether there was one. ``now`` is wall-clock seconds."""
        with self._store.writing():
            delivery = self._store.claim_delivery(now, now + 2 * _DEADLINE_SECONDS)
        if delivery is None:
            return False
        taken = await self._post(delivery)
        due: float | None = None
        if not taken and delivery.attempts < _GIVE_UP_ATTEMPTS:
            due = now + BACKOFF_SECONDS[min(delivery.attempts, len(BACKOFF_SECONDS)) - 1]
        with self._store.writing():
            self._store.settle_delivery(delivery.event.id, due)
        return True

    async def _post(self, delivery: Delivery) -> bool:
        body = delivery.event.model_dump_json()
        signature = stripe.WebhookSignature.generate_signature_header(
            body, self._secret, int(self._checkout.clock.now().timestamp())
        )
        headers = {"Content-Type": "application/json; charset=utf-8", "Stripe-Signature": signature}
        try:
            async with asyncio.timeout(_DEADLINE_SECONDS):
                answer = await self._client.post(self._url, content=body.encode(), headers=headers)
        except (httpx.HTTPError, TimeoutError) as error:
            log.info("local_stripe.webhook_failed", type=delivery.event.type, reason=type(error).__name__)
            return False
        if answer.is_success:
            return True
        log.info("local_stripe.webhook_refused", type=delivery.event.type, status=answer.status_code)
        return False

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()
