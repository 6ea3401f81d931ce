"""Seal again what lies at rest: keys under the environment's newest entry, values with the newest key of their ring."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from capecontrol.core.actor import Actor
from capecontrol.core.crypto import FERNET_PREFIX, Keyring, SealBroken
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.rings.ring import KeyNotReadable
from capecontrol.core.secret_keys.columns import Form, KeyedColumn
from capecontrol.core.secret_keys.dao import KeyedValueDao, SecretKeyDao
from capecontrol.core.work import UnitOfWork, UnitOfWorkFactory

#: Rows of one transaction: short enough that nothing waits for it.
BATCH = 200
_SCOPE = PlatformScope("secrets: reseal")


@dataclass(slots=True)
class Resealed:
    """What a run did. ``unreadable`` opens with no key: it was lost before."""

    keys: int = 0
    values: int = 0
    unreadable: int = 0


class Resealing:
    """A run. Broken off, it is begun again: what was done is passed over."""

    def __init__(self, factory: UnitOfWorkFactory, columns: Sequence[KeyedColumn], actor: Actor) -> None:
        """Take the database, where values lie, and who asked for it."""
        self._factory = factory
        self._keyring: Keyring = factory.keyring
        self._columns = [column for column in columns if column.form is Form.SEALED]
        self._actor = actor
        self._done = Resealed()

    async def run(self) -> Resealed:
        """Seal everything again that is not sealed with the newest key, in batches, and record it."""
        async with self._factory.unit(self._actor, _SCOPE) as work:
            await self._reseal_keys(work)
        for column in self._columns:
            await self._reseal_column(column)
        await self._reseal_messages()
        if self._done.keys or self._done.values:
            async with self._factory.unit(self._actor, _SCOPE) as work:
                await work.record(
                    "secret.resealed",
                    resource=("secret_key", self._keyring.current_id),
                    metadata={"keys": self._done.keys, "values": self._done.values},
                )
        return self._done

    async def _reseal_keys(self, work: UnitOfWork) -> None:
        keys, master = SecretKeyDao(work), self._factory.rings.master
        await keys.lock()
        for record in await keys.oldest_first():
            if record.sealed is None or record.sealed_by == master.newest:
                continue
            material = master.open(record.ring, record.id, record.sealed)
            if material is None:
                self._done.unreadable += 1
                continue
            await keys.replace_seal(record.id, master.seal(record.ring, record.id, material), master.newest)
            self._done.keys += 1

    async def _reseal_column(self, column: KeyedColumn) -> None:
        after = uuid.UUID(int=0)
        while True:
            async with self._factory.unit(self._actor, _SCOPE) as work:
                values = KeyedValueDao(work)
                rows = await values.values_after(column, after, BATCH)
                for identifier, old in rows:
                    new = self._reseal(old)
                    if new is not None and await values.replace(column, identifier, old, new):
                        self._done.values += 1
            if len(rows) < BATCH:
                return
            after = rows[-1][0]

    async def _reseal_messages(self) -> None:
        after = uuid.UUID(int=0)
        while True:
            async with self._factory.unit(self._actor, _SCOPE) as work:
                values = KeyedValueDao(work)
                messages = await values.messages_after(after, BATCH)
                for message in messages:
                    payload = {
                        name: self._reseal_member(value) or value if isinstance(value, str) else value
                        for name, value in message.payload.items()
                    }
                    if payload != message.payload and await values.replace_payload(message, payload):
                        self._done.values += 1
            if len(messages) < BATCH:
                return
            after = messages[-1].id

    def _reseal_member(self, value: str) -> str | None:
        """Seal a member of a message again, if it is a sealed one."""
        _, _, token = value.rpartition(":")
        return self._reseal(value) if token.startswith(FERNET_PREFIX) else None

    def _reseal(self, old: Any) -> Any:
        is_text = isinstance(old, str)
        try:
            new = self._keyring.reseal(old.encode() if is_text else old)
        except (SealBroken, KeyNotReadable):
            self._done.unreadable += 1
            return None
        return new.decode() if new is not None and is_text else new
