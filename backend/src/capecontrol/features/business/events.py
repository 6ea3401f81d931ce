"""What happens to the business, for whoever listens."""

import uuid
from datetime import datetime
from typing import ClassVar

from capecontrol.core.events import Event


class BankDetailsChanged(Event):
    """Clients are asked to transfer money to elsewhere from now on, or nowhere."""

    topic: ClassVar[str] = "business.bank_details_changed.v1"

    changed_by: uuid.UUID
    changed_at: datetime


class ContactChanged(Event):
    """Clients and visitors are told to write, call or look elsewhere from now on."""

    topic: ClassVar[str] = "business.contact_changed.v1"

    changed_by: uuid.UUID
    changed_at: datetime
