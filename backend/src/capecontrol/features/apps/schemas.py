"""What is answered."""

import uuid
from typing import Annotated

from pydantic import Field

from capecontrol.core.http import ResponseBody


class WhoAmIOut(ResponseBody):
    """The key that was sent."""

    key_id: str
    app_id: uuid.UUID | None
    scopes: Annotated[list[str], Field(examples=[["flag:read"]])]
    org_ids: Annotated[
        list[uuid.UUID] | None,
        Field(description="The organizations that the key is bound to; null: every organization of the app."),
    ]
