"""A session that is held open: a page that listens for as long as it may."""

import uuid
from dataclasses import dataclass
from enum import StrEnum

from capecontrol.core.permissions import Role


class SessionEnd(StrEnum):
    """Why a session may not go on as it was."""

    #: Signed out here or elsewhere, or expired.
    SIGNED_OUT = "SIGNED_OUT"
    #: The person may not sign in any more.
    DISABLED = "DISABLED"
    #: The organization may not act any more.
    SUSPENDED = "SUSPENDED"
    #: The person's role is another one: what they may hear of has to be found out anew.
    CHANGED = "CHANGED"


@dataclass(frozen=True, slots=True)
class HeldSession:
    """A session, and what its person was when they began."""

    session_id: uuid.UUID
    role: Role
    token_version: int
