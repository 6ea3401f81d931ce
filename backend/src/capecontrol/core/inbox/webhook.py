"""What a feature says of a provider, and what its verification tells of one webhook."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Protocol

from capecontrol.core.events import Event
from capecontrol.core.problems import Malformed


class WebhookRefused(Malformed):
    """A webhook's signature does not hold. Why is told to the log only."""

    slug: ClassVar[str] = "webhooks/bad-signature"
    title: ClassVar[str] = "The signature isn't valid"


class WebhookStored(Event):
    """A verified webhook was stored and waits to be applied. Each provider has a subclass, with a topic of its own."""

    inbound_event_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class Provider:
    """An outside system that sends webhooks.

    ``name`` stands in every stored row: it is never changed. ``announces`` is the event by which the webhook's handler
    is found.
    """

    name: str
    announces: type[WebhookStored]


@dataclass(frozen=True, slots=True)
class Webhook:
    """A webhook whose signature holds.

    ``external_id`` tells it apart from all others of its provider, for ever: the provider's id of the event, or what
    stands for one. ``type`` is the provider's word. ``payload`` is the body as it came.
    """

    external_id: str
    type: str
    payload: bytes
    occurred_at: datetime | None = None
    org_id: uuid.UUID | None = None


class WebhookVerifier(Protocol):
    """Tells a provider's webhooks from forgeries. Each provider has a port of its own that says no more than this."""

    def verify_webhook(self, payload: bytes, headers: Mapping[str, str], now: datetime) -> Webhook:
        """Check the signature over the raw bytes and its time (within 300 s of ``now``, past or future).

        Args:
            payload: the body as it came.
            headers: what the signature needs of them; names in lower case.
            now: the time to compare with.

        Raises:
            WebhookRefused: missing, wrong, stale, from the future, or the content is no event.
        """
        ...
