"""Reads that are asked together: one round trip for each step, and every one gets its own rows."""

import uuid
from datetime import UTC, datetime, timedelta
from enum import StrEnum

import pytest
from sqlalchemy import Integer, Text, bindparam, func, literal_column, select, union_all
from sqlalchemy.dialects.postgresql import JSONB

from capecontrol.core.db.enum_text import EnumText
from capecontrol.core.db.prepared_statement import PreparedStatement
from capecontrol.core.db.scope import OrganizationScope, PlatformScope
from capecontrol.core.db.together import AskedOtherwise
from capecontrol.core.db.transaction import Transaction
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.features.organizations.models import Organization
from tests.asked_statements import asked_statements
from tests.people import SYSTEM, People

SCOPE = PlatformScope("tests")


class Colour(StrEnum):
    RED = "red"


#: So many numbers from one on, the greatest first.
NUMBERS = PreparedStatement(
    select(func.generate_series(1, bindparam("count", type_=Integer)).label("number")).order_by(
        literal_column("number").desc()
    ),
    int,
)
#: What the driver gives in a form of its own, and what is not there.
VALUES = PreparedStatement(
    select(
        bindparam("id", type_=Organization.id.type),
        bindparam("at", type_=Organization.created_at.type),
        bindparam("colour", type_=EnumText(Colour)),
        bindparam("kept", type_=JSONB()),
        bindparam("text", type_=Text()),
        literal_column("null::int", Integer),
    ),
    lambda *values: values,
)
TWICE = PreparedStatement(
    union_all(select(bindparam("text", type_=Text()).label("said")), select(bindparam("text", type_=Text()))), str
)
NAMES = PreparedStatement(select(Organization.name).where(Organization.id == bindparam("id")), str)
BROKEN = PreparedStatement(select(1 // bindparam("zero", type_=Integer)), int)


async def _chained(transaction: Transaction, steps: int) -> list[int]:
    """Ask, and ask again for as many as there were."""
    found = [steps]
    for _ in range(steps):
        found = await NUMBERS.all(transaction, count=len(found) + 1)
    return found


async def test_each_gets_its_own_rows_in_their_order(factory: UnitOfWorkFactory, clean: None) -> None:
    given = {
        "id": uuid.uuid4(),
        "at": datetime.now(UTC) - timedelta(days=1),
        "colour": Colour.RED,
        "kept": {"a": [1, None]},
        "text": "$1, 'quoted' -- and no remark",
    }
    with asked_statements(factory) as seen:
        async with factory.unit(SYSTEM, SCOPE) as work:
            none, values, said, three = await work.transaction.together(
                NUMBERS.all(work.transaction, count=0),
                VALUES.one(work.transaction, **given),
                TWICE.all(work.transaction, text="$2"),
                NUMBERS.all(work.transaction, count=3),
            )
    assert (none, said, three) == ([], ["$2", "$2"], [3, 2, 1])
    assert values == (*given.values(), None)
    assert len(seen.texts) == 1


async def test_who_asks_again_waits_with_the_others(factory: UnitOfWorkFactory, clean: None) -> None:
    """As many round trips as the one with most steps takes; who asks nothing is there at once."""
    with asked_statements(factory) as seen:
        async with factory.unit(SYSTEM, SCOPE) as work:
            found = await work.transaction.together(*(_chained(work.transaction, steps) for steps in (2, 0, 3)))
    assert found == ([3, 2, 1], [0], [4, 3, 2, 1])
    assert len(seen.texts) == 3


async def test_row_level_security_holds(people: People) -> None:
    """A statement in another one is under the same policies."""
    one, other = [await people.organization(name) for name in ("One", "Other")]
    async with people.factory.unit(SYSTEM, OrganizationScope(one)) as work:
        found = await work.transaction.together(*(NAMES.all(work.transaction, id=org_id) for org_id in (one, other)))
    assert found == (["One"], [])


async def test_what_one_raises_is_raised_and_the_others_are_left(factory: UnitOfWorkFactory, clean: None) -> None:
    async def fail(transaction: Transaction) -> None:
        await NUMBERS.all(transaction, count=1)
        raise LookupError("not found")

    async with factory.unit(SYSTEM, SCOPE) as work:
        with pytest.raises(LookupError, match="not found"):
            await work.transaction.together(_chained(work.transaction, 2), fail(work.transaction))
        assert await NUMBERS.all(work.transaction, count=2) == [2, 1]


async def test_what_the_server_refuses_is_raised(factory: UnitOfWorkFactory, clean: None) -> None:
    with pytest.raises(Exception, match="division by zero"):
        async with factory.unit(SYSTEM, SCOPE) as work:
            await work.transaction.together(
                NUMBERS.all(work.transaction, count=1), BROKEN.all(work.transaction, zero=0)
            )


async def test_what_asks_otherwise_is_refused(factory: UnitOfWorkFactory, clean: None) -> None:
    """Through the session, or as a group in a group: nobody would send it."""
    async with factory.unit(SYSTEM, SCOPE) as work:

        async def through_session() -> object:
            return await work.session.execute(select(1))

        async def in_a_group() -> object:
            return await work.transaction.together(_chained(work.transaction, 1))

        for read in (through_session, in_a_group):
            with pytest.raises(AskedOtherwise):
                await work.transaction.together(_chained(work.transaction, 1), read())
    async with factory.unit(SYSTEM, SCOPE) as work:
        assert await NUMBERS.all(work.transaction, count=1) == [1]
