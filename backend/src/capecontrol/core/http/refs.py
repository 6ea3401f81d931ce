"""What answers say of the organization and the project that something belongs to."""

import uuid

from pydantic import Field

from capecontrol.core.http.body import ResponseBody


class OrganizationRef(ResponseBody):
    """The organization that the object belongs to."""

    id: uuid.UUID = Field(description="The organization's ID.")
    name: str = Field(description="The organization's name.", examples=["Harbour Logistics"])


class ProjectRef(ResponseBody):
    """The project that the object belongs to."""

    id: uuid.UUID = Field(description="The project's ID.")
    code: str = Field(description="The project's code.", examples=["PRJ-2026-019"])
