"""Answers about organizations."""

import uuid

from pydantic import Field

from capecontrol.core.http.body import Moment, ResponseBody
from capecontrol.features.organizations.models import OrganizationStatus, Plan


class OrganizationOut(ResponseBody):
    """An organization."""

    id: uuid.UUID
    name: str = Field(examples=["Harbour Logistics"])
    domain: str = Field(description="Its unique slug.", examples=["harbour-logistics"])
    plan: Plan
    status: OrganizationStatus
    created_at: Moment
