"""A store of keys for tests, as the one of managed apps will be: it fulfils the port of the machine surface."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from ipaddress import ip_network

from capecontrol.core.actor import Key
from capecontrol.core.credentials import BearerCredential
from capecontrol.core.crypto import digest, new_secret
from capecontrol.core.permissions import SCOPES, Permission
from capecontrol.core.problems import Problem


class KeyStore:
    """Keeps what it issued."""

    def __init__(self) -> None:
        self.kept: dict[str, BearerCredential] = {}
        self.asked: list[str] = []

    async def find(self, key_id: str) -> BearerCredential | None:
        self.asked.append(key_id)
        return self.kept.get(key_id)

    def issue(
        self,
        *,
        scopes: Iterable[Permission] = SCOPES,
        org_ids: Iterable[uuid.UUID] | None = None,
        expires_at: datetime | None = None,
        revoked_at: datetime | None = None,
        is_app_active: bool = True,
        networks: Iterable[str] = (),
        blocked_by: Problem | None = None,
    ) -> str:
        """Make a key and return it as its holder shows it."""
        key_id, secret = f"ck_{uuid.uuid4().hex[:16]}", new_secret()
        self.kept[key_id] = BearerCredential(
            id=uuid.uuid4(),
            key=Key(key_id, uuid.uuid4(), None if org_ids is None else frozenset(org_ids)),
            secret_hash=digest(secret),
            scopes=frozenset(scopes),
            expires_at=expires_at,
            revoked_at=revoked_at,
            is_app_active=is_app_active,
            networks=tuple(ip_network(one) for one in networks),
            blocked_by=blocked_by,
        )
        return f"{key_id}.{secret}"

    def of(self, shown: str) -> BearerCredential:
        """Return what is kept of a key."""
        return self.kept[shown.partition(".")[0]]
