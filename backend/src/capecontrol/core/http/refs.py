"""What answers say of the organization and the project that something belongs to."""

import uuid

from pydantic import Field

from capecontrol.core.http.body import ResponseBody


class OrganizationRef(ResponseBody):
    """The organization that something belongs to."""

    id: uuid.UUID
    name: str = Field(examples=["Harbour Logistics"])


class ProjectRef(ResponseBody):
    """The project that something belongs to."""

    id: uuid.UUID
    code: str = Field(examples=["PRJ-2026-019"])
