"""Bodies about n8n servers."""

import uuid
from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints

from capecontrol.core.http import Line, RequestBody, ResponseBody
from capecontrol.core.http.body import Moment
from capecontrol.features.workflows.models import N8nEnvironment
from capecontrol.features.workflows.schemas.name import Name

ApiKey = Annotated[
    str,
    # No pattern in the answer to a wrong one: what was sent may be a real key.
    StringConstraints(strip_whitespace=True, min_length=1, max_length=2000, pattern=r"^[\x21-\x7e]+$"),
    Field(description="Write-only. Encrypted on arrival and never shown again.", examples=["n8n_api_1f0c…"]),
]
BaseUrl = Annotated[
    Line,
    Field(min_length=8, max_length=500, description="The server's address.", examples=["https://n8n.example.com"]),
]


class NewEnvironment(RequestBody):
    """An n8n server to connect."""

    name: Name = Field(examples=["Production n8n"])
    base_url: BaseUrl
    api_key: ApiKey
    is_active: bool = True


class EnvironmentEdit(RequestBody):
    """What to change of an environment. Members that are absent stay as they are."""

    name: Name | None = None
    base_url: BaseUrl | None = None
    api_key: ApiKey | None = None
    is_active: bool | None = None


class EnvironmentOut(ResponseBody):
    """A connected n8n server, without its key."""

    id: uuid.UUID
    name: str
    base_url: str
    is_active: bool = Field(description="Whether workflows may be deployed there.")
    version: str | None = Field(description="What the server said it is.", examples=["1.123.81"])
    checked_at: Moment | None
    is_reachable: bool | None = Field(description="How the last check went; null before the first.")
    check_failure: Annotated[str | None, BeforeValidator(lambda value: value or None)] = Field(
        description="Why the last check failed."
    )
    created_at: Moment
    updated_at: Moment

    @classmethod
    def of(cls, row: N8nEnvironment) -> "EnvironmentOut":
        """Return the answer of a row."""
        failure = row.check_failure
        return cls.map_from(row, is_reachable=None if failure is None else failure == "")
