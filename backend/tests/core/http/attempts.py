"""Attempts under one idempotency key, as the table of keys sees them."""

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from capecontrol.core.http.idempotency.dao import IdempotencyKeyDao
from capecontrol.core.http.idempotency.model import IdempotencyKey
from capecontrol.core.ids import new_id
from tests.security.world import World

LEASE = timedelta(seconds=10)


class Attempts:
    """One key, and what the attempts that carry it may change."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.id, self.caller, self.key = new_id(), str(uuid.uuid4()), str(uuid.uuid4())

    @asynccontextmanager
    async def keys(self) -> AsyncIterator[IdempotencyKeyDao]:
        async with self._world.unit() as work:
            yield IdempotencyKeyDao(work)

    async def begin(self, token: uuid.UUID, lease: timedelta) -> None:
        async with self.keys() as keys:
            assert await keys.insert(
                self.id, token, caller=self.caller, key=self.key, fingerprint="", status=409, answer="", lease=lease
            )

    async def take_over(self, token: uuid.UUID) -> bool:
        async with self.keys() as keys:
            return await keys.take_over(self.id, token, LEASE)

    async def answer(self, token: uuid.UUID, answer: str) -> bool:
        async with self.keys() as keys:
            return await keys.answer(self.id, token, status=200, answer=answer, headers=None)

    async def stored(self) -> IdempotencyKey | None:
        async with self.keys() as keys:
            return await keys.find(self.caller, self.key)
