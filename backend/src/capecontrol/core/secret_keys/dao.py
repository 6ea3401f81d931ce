"""Queries about keys, fingerprints, and what keys are still needed for. All need the platform's scope."""

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Text, cast, func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from capecontrol.core.dao import Dao
from capecontrol.core.outbox.model import OutboxMessage
from capecontrol.core.rings.ring import RingName
from capecontrol.core.rings.rings import StoredKey, StoredKeys
from capecontrol.core.secret_keys.columns import KeyedColumn
from capecontrol.core.secret_keys.model import FingerprintKind, KeyFingerprint, SecretKeyRecord

#: The advisory lock of those who change keys.
_LOCK = 0x0CA9EC05
#: Just below what any statement may take.
_LOCK_SECONDS = 25


class SecretKeyDao(Dao[SecretKeyRecord]):
    """Keys, by the database's clock."""

    model = SecretKeyRecord
    owner = None

    async def lock(self) -> datetime:
        """Wait until nobody else changes keys in a transaction, and return the database's time then."""
        # Longer than for other locks: whoever retires keys counts large tables meanwhile, and starts wait for that.
        await self.session.execute(text(f"set local lock_timeout = '{_LOCK_SECONDS}s'"))
        await self.session.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        return await self.database_time()

    async def database_time(self) -> datetime:
        """Return the database's time at this moment."""
        found: datetime = (await self.session.execute(select(func.clock_timestamp()))).scalar_one()
        return found

    async def stored(self) -> StoredKeys:
        """Return what the rings of a process are made of."""
        # The time first: a key that is committed in between is not yet due for as long as the grace.
        read_at = await self.database_time()
        keys = (StoredKey(row.id, row.ring, row.sealed, row.used_from) for row in await self.all(self.select()))
        return StoredKeys(tuple(keys), read_at)

    async def oldest_first(self) -> list[SecretKeyRecord]:
        """Return all keys, the retired ones too."""
        return await self.all(self.select().order_by(SecretKeyRecord.used_from, SecretKeyRecord.id))

    async def retire(self, identifier: str, ring: RingName, at: datetime) -> None:
        """Take a key's material away, and keep its row; that of a legacy entry is made for it."""
        gone = {"sealed": None, "sealed_by": None, "retired_at": at}
        await self.session.execute(
            insert(SecretKeyRecord)
            .values(id=identifier, ring=ring, used_from=at, **gone)
            .on_conflict_do_update(index_elements=["id"], set_=gone)
        )

    async def replace_seal(self, identifier: str, sealed: str, sealed_by: str) -> None:
        """Keep a key under another entry of the environment."""
        await self.session.execute(
            update(SecretKeyRecord)
            .where(SecretKeyRecord.id == identifier, SecretKeyRecord.sealed.is_not(None))
            .values(sealed=sealed, sealed_by=sealed_by)
            .execution_options(synchronize_session=False)
        )


class KeyFingerprintDao(Dao[KeyFingerprint]):
    """Fingerprints of the environment's secrets."""

    model = KeyFingerprint
    owner = None

    async def known(self, kind: FingerprintKind) -> set[str]:
        """Return the fingerprints of a kind."""
        rows = await self.all(self.select().where(KeyFingerprint.kind == kind))
        return {row.fingerprint for row in rows}

    async def note(self, kind: FingerprintKind, fingerprints: Collection[str]) -> None:
        """Keep fingerprints; those that are there stay as they are."""
        for fingerprint in fingerprints:
            await self.session.execute(
                insert(KeyFingerprint)
                .values(fingerprint=fingerprint, kind=kind)
                .on_conflict_do_nothing(index_elements=["fingerprint"])
            )


class KeyedValueDao(Dao[OutboxMessage]):
    """Values at rest that were made with keys: in the columns that are named, and in messages that still wait."""

    model = OutboxMessage

    async def count(self, column: KeyedColumn, identifier: str | None) -> int:
        """Return how many values of a column were made with a key; None is the legacy entry."""
        statement = select(func.count()).select_from(column.column.class_).where(column.bears(identifier))
        return int((await self.session.execute(statement)).scalar_one())

    async def count_messages(self, identifier: str | None) -> int:
        """Return how many messages that wait, or are dead, carry a value that was sealed with a key."""
        prefix = "" if identifier is None else f"{identifier}:"
        holds = cast(OutboxMessage.payload, Text).contains(f'"{prefix}gAAAA')
        statement = select(func.count()).select_from(OutboxMessage).where(OutboxMessage.done_at.is_(None), holds)
        return int((await self.session.execute(statement)).scalar_one())

    async def newest(self, column: KeyedColumn) -> Any:
        """Return the newest value of a column that the legacy entry made, or None."""
        statement = select(column.column).where(column.bears(None)).order_by(column.column.class_.id.desc()).limit(1)
        return (await self.session.execute(statement)).scalar_one_or_none()

    async def values_after(self, column: KeyedColumn, after: uuid.UUID, limit: int) -> Sequence[tuple[uuid.UUID, Any]]:
        """Return ids and values of a column in the order of ids."""
        identifier = column.column.class_.id
        statement = select(identifier, column.column).where(identifier > after, column.column.is_not(None))
        if column.condition is not None:
            statement = statement.where(column.condition)
        found = await self.session.execute(statement.order_by(identifier).limit(limit))
        return [(row[0], row[1]) for row in found]

    async def replace(self, column: KeyedColumn, identifier: uuid.UUID, old: Any, new: Any) -> bool:
        """Write a value, and nothing else of its row, unless somebody changed it; tell whether it was written."""
        table = column.column.class_
        done = await self.session.execute(
            update(table)
            .where(table.id == identifier, column.column == old)
            .values({column.column.key: new})
            .returning(table.id)
            .execution_options(synchronize_session=False)
        )
        return done.first() is not None

    async def messages_after(self, after: uuid.UUID, limit: int) -> list[OutboxMessage]:
        """Return messages that wait, or are dead, in the order of ids."""
        waiting = self.select().where(OutboxMessage.id > after, OutboxMessage.done_at.is_(None))
        sealed = waiting.where(cast(OutboxMessage.payload, Text).contains("gAAAA"))
        return await self.all(sealed.order_by(OutboxMessage.id).limit(limit))

    async def replace_payload(self, message: OutboxMessage, payload: dict[str, object]) -> bool:
        """Write a message's payload, unless somebody has changed it; tell whether it was written."""
        done = await self.session.execute(
            update(OutboxMessage)
            .where(OutboxMessage.id == message.id, OutboxMessage.payload == message.payload)
            .values(payload=payload)
            .returning(OutboxMessage.id)
            .execution_options(synchronize_session=False)
        )
        return done.first() is not None
