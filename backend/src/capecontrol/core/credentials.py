"""Credentials of machines: what is stored of a key, and who looks it up."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv4Network, IPv6Network
from typing import Protocol

from capecontrol.core.actor import Key
from capecontrol.core.permissions import Permission
from capecontrol.core.problems import Problem


@dataclass(frozen=True, slots=True)
class BearerCredential:
    """A credential as it is stored. Its holder shows ``key_id.secret``; the secret is known by its digest alone."""

    #: The id of its row: the actor's.
    id: uuid.UUID
    key: Key
    #: ``crypto.digest`` of the secret.
    secret_hash: str
    scopes: frozenset[Permission]
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    is_app_active: bool = True
    #: Where it may be used from; empty: from anywhere.
    networks: tuple[IPv4Network | IPv6Network, ...] = ()
    #: What refuses its holder all routes but those that are open meanwhile: its one organization is suspended, say.
    blocked_by: Problem | None = None


class BearerCredentials(Protocol):
    """Finds credentials by the id that they begin with. API keys, OAuth client tokens, SCIM tokens: one port each.

    An implementation answers from the record (or from a copy at most a second old), whether Redis is there or not, and
    takes as long for an id that it does not know as for one that it does.
    """

    async def find(self, key_id: str) -> BearerCredential | None:
        """Return what is stored under an id, whatever its state; None for an unknown one."""
        ...


class NoCredentials:
    """Knows no credential at all."""

    async def find(self, key_id: str) -> BearerCredential | None:
        """Return None."""
        del key_id
        return None
