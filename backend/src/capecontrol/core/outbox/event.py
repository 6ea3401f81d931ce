"""Events: past tense, versioned, ids and not objects."""

import uuid
from typing import ClassVar

from pydantic import BaseModel, ConfigDict


class Event(BaseModel):
    """Something that happened. Subclasses name a topic such as ``proposals.sent.v1``."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    topic: ClassVar[str]

    org_id: uuid.UUID | None = None
