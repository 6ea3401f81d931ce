"""What is answered."""

import uuid
from typing import Annotated

from pydantic import Field

from capecontrol.core.http import ResponseBody


class WhoAmIOut(ResponseBody):
    """The API key that was sent."""

    key_id: str = Field(description="The key's ID.")
    app_id: uuid.UUID | None = Field(description="The app that the key belongs to; null for keys of the platform.")
    scopes: Annotated[list[str], Field(examples=[["flag:read"]])] = Field(description="What the key may do.")
    org_ids: Annotated[
        list[uuid.UUID] | None,
        Field(description="The organizations that the key is limited to; null if it isn't limited."),
    ]
