"""A session's refresh tokens are its own, and there until they are used."""

import uuid

import pytest
from sqlalchemy import delete

from capecontrol.core.actor import Actor, Origin
from capecontrol.core.crypto import digest
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.problems import Unauthenticated
from capecontrol.core.work import Units
from capecontrol.features.identity.actions.refresh_session import refresh_session
from capecontrol.features.identity.dao.refresh_tokens import RefreshTokenDao
from capecontrol.features.identity.dao.sessions import SessionDao
from capecontrol.features.identity.models import RefreshToken
from capecontrol.features.identity.token_family import TokenUnknown, rotate
from capecontrol.features.identity.tokens import AccessTokens
from tests.features.audit.log import search
from tests.people import PASSWORD, SYSTEM, People, Person

STAFF = PlatformScope("tests")


async def _refresh_token(people: People, person: Person) -> str:
    """Sign somebody in once more."""
    body = {"email": person.email, "password": PASSWORD}
    return str((await people.stranger().post("/api/auth/login", body)).json()["refresh_token"])


async def _is_good(people: People, token: str) -> bool:
    return (await people.stranger().post("/api/auth/refresh", {"refresh_token": token})).is_success


async def _rotate(people: People, token: str, *, of: str) -> str:
    """Have a token replaced in the session of another one."""
    async with people.factory.unit(SYSTEM, STAFF) as work:
        found = await RefreshTokenDao(work).session_of(of)
        assert found is not None
        session = await SessionDao(work).renew(found.session_id, work.now())
        assert session is not None
        return await rotate(work, session, token)


async def test_a_session_takes_no_token_of_another_one(people: People) -> None:
    owner = await people.owner()
    here, there = await _refresh_token(people, owner), await _refresh_token(people, owner)

    with pytest.raises(TokenUnknown):
        await _rotate(people, there, of=here)

    assert await _is_good(people, await _rotate(people, here, of=here))
    assert await _is_good(people, there)
    # It was used just now: its own session would repeat its successor.
    with pytest.raises(TokenUnknown):
        await _rotate(people, there, of=here)


async def test_a_token_that_is_gone_before_it_is_used_is_unknown_and_not_copied(people: People) -> None:
    token = await _refresh_token(people, await people.owner())

    async def forget(session_id: uuid.UUID) -> None:
        del session_id
        async with people.factory.unit(SYSTEM, STAFF) as work:
            await work.session.execute(delete(RefreshToken).where(RefreshToken.token_hash == digest(token)))

    units = Units(people.factory, Actor.anonymous(), None, Origin())
    with pytest.raises(Unauthenticated):
        await refresh_session(units, token, tokens=people.ports.get(AccessTokens), admit=forget)

    operator = await people.operator()
    for action in ("session.renewed", "session.token_reused"):
        assert await search(operator, action=action) == []
