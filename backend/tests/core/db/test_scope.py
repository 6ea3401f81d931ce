"""A transaction takes on its scope's role and organization, and hands neither on."""

import uuid
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncSession

from capecontrol.core.db.database import Database, PoolSize, ScopedSession, ScopeMissing
from capecontrol.core.db.scope import OrganizationScope, PlatformScope, Scope, SignInScope
from capecontrol.main.settings import Settings

HARBOUR = uuid.uuid4()
NOW = "select current_user, session_user, current_setting('app.org_id', true)"


@pytest.fixture
async def single(settings: Settings) -> AsyncIterator[Database]:
    """A database with one connection, which every transaction gets in its turn."""
    url = settings.database_url.get_secret_value()
    async with Database(url, PoolSize(size=1, overflow=0, timeout_seconds=0.05)) as database:
        yield database


async def _taken_on(session: AsyncSession) -> tuple[str, str]:
    row = (await session.execute(text(NOW))).one()
    return row[0], row[2] or ""


SCOPES: list[tuple[Scope, str, str]] = [
    (OrganizationScope(HARBOUR), "capecontrol_runtime", str(HARBOUR)),
    (PlatformScope("tests"), "capecontrol_system", ""),
    (SignInScope(), "capecontrol_signin", ""),
]


@pytest.mark.parametrize(("scope", "role", "organization"), SCOPES, ids=["organization", "platform", "sign-in"])
async def test_each_scope_has_its_role(scope: Scope, role: str, organization: str, single: Database) -> None:
    async with single.session(scope) as session:
        for _ in range(2):  # also in the transaction that begins after a commit
            assert await _taken_on(session) == (role, organization)
            await session.commit()
        await session.rollback()
        async with session.begin():
            assert await _taken_on(session) == (role, organization)


@pytest.mark.parametrize("ends_well", [True, False])
async def test_the_next_transaction_of_a_connection_inherits_nothing(ends_well: bool, single: Database) -> None:
    async with single.session(OrganizationScope(HARBOUR)) as session:
        await _taken_on(session)
        await (session.commit() if ends_well else session.rollback())
    async with single.engine.begin() as connection:
        current, login, organization = (await connection.execute(text(NOW))).one()
        assert (current, organization or "") == (login, "")
    async with single.session(PlatformScope("tests")) as session:
        assert await _taken_on(session) == ("capecontrol_system", "")


async def test_a_savepoint_keeps_the_scope(single: Database) -> None:
    async with single.session(OrganizationScope(HARBOUR)) as session, session.begin():
        async with session.begin_nested():
            assert await _taken_on(session) == ("capecontrol_runtime", str(HARBOUR))
        assert await _taken_on(session) == ("capecontrol_runtime", str(HARBOUR))


async def test_a_session_without_a_scope_is_stopped_before_its_first_statement(single: Database) -> None:
    async with AsyncSession(single.engine, sync_session_class=ScopedSession) as session:
        with pytest.raises(ScopeMissing):
            await session.execute(text("select 1"))


async def test_who_waits_too_long_for_a_connection_is_told(single: Database) -> None:
    async with single.session(PlatformScope("tests")) as holder, single.session(PlatformScope("tests")) as waiting:
        await _taken_on(holder)
        with pytest.raises(PoolTimeoutError):
            await _taken_on(waiting)
        await holder.rollback()
        assert await _taken_on(waiting) == ("capecontrol_system", "")
