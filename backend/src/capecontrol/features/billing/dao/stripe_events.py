"""Queries of the webhooks that release 0.1.0 took in."""

from capecontrol.core.dao import Dao
from capecontrol.features.billing.models import StripeEvent


class StripeEventDao(Dao[StripeEvent]):
    """The webhooks that release 0.1.0 took in."""

    model = StripeEvent
    owner = None

    async def has(self, external_id: str) -> bool:
        """Tell whether 0.1.0 took an event in."""
        return await self.one(self.select().where(StripeEvent.external_id == external_id)) is not None
