"""Answers about organizations."""

import uuid

from pydantic import Field

from capecontrol.core.http.body import Moment, ResponseBody
from capecontrol.features.organizations.models import OrganizationStatus, Plan


class OrganizationOut(ResponseBody):
    """An organization."""

    id: uuid.UUID = Field(description="The organization's ID.")
    name: str = Field(description="The organization's name.", examples=["Harbour Logistics"])
    domain: str = Field(description="The organization's unique slug.", examples=["harbour-logistics"])
    plan: Plan = Field(description="The organization's plan.")
    status: OrganizationStatus = Field(description="Whether the organization is active or suspended.")
    created_at: Moment = Field(description="When the organization was created.")
