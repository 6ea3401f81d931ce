"""The world that tests share (Cucumber's word): an organization whose things are wanted, one that must not get them,
and staff.

Every thing of the wanted organization carries ``CANARY`` in each of its texts. How a thing is made stands in its
feature's ``builders.py``.
"""

import hashlib
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.permissions import Role
from capecontrol.core.work import UnitOfWork
from capecontrol.main.features import metadata
from tests.people import SYSTEM, People, Person

CANARY = "Canary-7f3a"


class World:
    """What those share who make things in it: through the product where that is quick, else as rows."""

    def __init__(self, people: People, own: uuid.UUID, foreign: uuid.UUID, operator: Person, owner_url: str) -> None:
        self.people = people
        self._owner_url = owner_url
        self.own = own
        self.foreign = foreign
        self.operator = operator
        self._count = 0

    @classmethod
    async def make(cls, people: People, owner_url: str) -> "World":
        own = await people.organization(f"{CANARY} Harbour")
        foreign = await people.organization("Meridian")
        return cls(people, own, foreign, await people.operator(), owner_url)

    def number(self) -> int:
        """A number that was not given yet."""
        self._count += 1
        return self._count

    def word(self, prefix: str = CANARY) -> str:
        """A text that nothing else carries."""
        return f"{prefix} {self.number()}"

    async def member(self, role: Role, *, foreign: bool = False, onboarded: bool = True) -> Person:
        side = "meridian" if foreign else CANARY.lower()
        email = f"{role.lower()}-{uuid.uuid4().hex[:8]}@{side}.test"
        org_id = self.foreign if foreign else self.own
        return await self.people.person(role, org_id, email=email, onboarded=onboarded)

    async def sql(self, statement: str, **values: object) -> None:
        async with self.unit() as work:
            await work.session.execute(text(statement), values)

    async def owner_sql(self, statement: str) -> None:
        """Run a statement as the owner of the tables, as a migration would."""
        engine = create_async_engine(self._owner_url, poolclass=NullPool)
        async with engine.begin() as connection:
            await connection.exec_driver_sql(statement)

    async def count(self, table: str) -> int:
        async with self.unit() as work:
            statement = select(func.count()).select_from(metadata.tables[table])
            return int((await work.session.execute(statement)).scalar_one())

    async def post(self, path: str, body: dict[str, Any] | None = None, *, by: Person | None = None) -> dict[str, Any]:
        """Do something through the product, as the operator unless told otherwise."""
        answer = await (by or self.operator).client.post(path, body)
        assert answer.is_success, answer.text
        return dict(answer.json())

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[UnitOfWork]:
        """A unit of work of the whole platform: for rows that no operation of the product makes."""
        async with self.people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
            yield work

    async def fingerprint(self) -> str:
        """A digest of everything that the wanted organization owns."""
        parts = []
        async with self.unit() as work:
            for table in metadata.sorted_tables:
                if "org_id" in table.c:
                    owned = select(table).where(table.c.org_id == self.own).order_by(*table.primary_key.columns)
                    parts += [f"{table.name} {row}" for row in await work.session.execute(owned)]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()
