"""Bodies about n8n servers."""

import uuid
from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints

from capecontrol.core.http import Line, RequestBody, ResponseBody
from capecontrol.core.http.body import Moment
from capecontrol.core.http.optional_member import NotNull
from capecontrol.features.workflows.models import N8nEnvironment
from capecontrol.features.workflows.schemas.name import Name

ApiKey = Annotated[
    str,
    # No pattern in the answer to a wrong one: what was sent may be a real key.
    StringConstraints(strip_whitespace=True, min_length=1, max_length=2000, pattern=r"^[\x21-\x7e]+$"),
    Field(
        description="An API key created in n8n. It is encrypted and never shown again.", examples=["your-n8n-api-key"]
    ),
]
BaseUrl = Annotated[
    Line,
    Field(
        min_length=8, max_length=500, description="The address of the n8n server.", examples=["https://n8n.example.com"]
    ),
]


class NewEnvironment(RequestBody):
    """An n8n server to connect."""

    name: Name = Field(description="The name of the n8n server, as operators see it.", examples=["Production n8n"])
    base_url: BaseUrl
    api_key: ApiKey
    is_active: bool = Field(default=True, description="Whether workflows can be deployed to this server.")


class EnvironmentEdit(RequestBody):
    """The changes to an n8n server. Fields that are left out stay as they are."""

    name: Annotated[Name | None, NotNull()] = Field(
        default=None, description="The name of the n8n server, as operators see it."
    )
    base_url: Annotated[BaseUrl | None, NotNull()] = Field(
        default=None, description="The address of the n8n server. Another scheme, host or port needs a new `api_key`."
    )
    api_key: Annotated[ApiKey | None, NotNull()] = Field(default=None, description="A new API key created in n8n.")
    is_active: Annotated[bool | None, NotNull()] = Field(
        default=None, description="Whether workflows can be deployed to this server."
    )


class EnvironmentOut(ResponseBody):
    """A connected n8n server, without its API key."""

    id: uuid.UUID = Field(description="The n8n server's ID.")
    name: str = Field(description="The name of the n8n server.")
    base_url: str = Field(description="The address of the n8n server.")
    is_active: bool = Field(description="Whether workflows can be deployed to this server.")
    version: str | None = Field(description="The version that the server reported.", examples=["1.123.81"])
    checked_at: Moment | None = Field(description="When the connection was last tested.")
    is_reachable: bool | None = Field(description="Whether the last test succeeded; null before the first.")
    check_failure: Annotated[str | None, BeforeValidator(lambda value: value or None)] = Field(
        description="Why the last test failed; null if it succeeded."
    )
    created_at: Moment = Field(description="When the n8n server was connected.")
    updated_at: Moment = Field(description="When the n8n server was last changed.")

    @classmethod
    def of(cls, row: N8nEnvironment) -> "EnvironmentOut":
        """Return the answer of a row."""
        failure = row.check_failure
        return cls.map_from(row, is_reachable=None if failure is None else failure == "")
