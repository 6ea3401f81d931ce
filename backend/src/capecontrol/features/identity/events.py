"""What strangers caused, for those who write to them."""

import uuid
from typing import ClassVar

from capecontrol.core.events import Event


class VerificationRequested(Event):
    """Somebody registered with an address or asked for its link again. Nobody has looked yet whether it waits for one.

    An address, not an id: the request must not depend on whether there is an account.
    """

    topic: ClassVar[str] = "identity.verification_requested.v1"

    email: str


class KnownAddressRegistered(Event):
    """Somebody registered with the address of an account that was there already."""

    topic: ClassVar[str] = "identity.known_address_registered.v1"

    user_id: uuid.UUID
