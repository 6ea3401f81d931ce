"""An organization as others see it."""

import uuid
from dataclasses import dataclass

from capecontrol.features.organizations.models import Organization, OrganizationStatus


@dataclass(frozen=True, slots=True)
class OrganizationSummary:
    """An organization as others see it."""

    id: uuid.UUID
    name: str
    domain: str
    plan: str
    status: str

    @property
    def is_active(self) -> bool:
        """Tell whether its members may act."""
        return self.status == OrganizationStatus.ACTIVE

    @classmethod
    def of(cls, row: Organization) -> "OrganizationSummary":
        """Return the summary of a row."""
        return cls(row.id, row.name, row.domain, row.plan, row.status)
