"""Queries of the ids by which payment providers know organizations."""

import uuid

from sqlalchemy.dialects.postgresql import insert

from capecontrol.core.dao import Dao
from capecontrol.features.billing.models import ProviderCustomer


class ProviderCustomerDao(Dao[ProviderCustomer]):
    """The ids by which payment providers know organizations, within the scope."""

    model = ProviderCustomer

    async def customer_id(self, org_id: uuid.UUID, provider: str) -> str | None:
        """Return a provider's id of an organization, if it has one."""
        row = await self.one(
            self.select().where(ProviderCustomer.org_id == org_id, ProviderCustomer.provider == provider)
        )
        return row.customer_id if row else None

    async def keep(self, org_id: uuid.UUID, provider: str, customer_id: str) -> None:
        """Store a provider's id of an organization, unless it has one."""
        await self.session.execute(
            insert(ProviderCustomer)
            .values(org_id=org_id, provider=provider, customer_id=customer_id, created_at=self.work.now())
            .on_conflict_do_nothing()
        )
