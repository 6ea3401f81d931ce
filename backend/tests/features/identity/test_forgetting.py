"""What nobody can sign in with any more is forgotten, and nothing that still counts."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from capecontrol.core.db.scope import PlatformScope
from capecontrol.features.identity.jobs import KEEP_ENDED_SESSIONS, KEEP_LOGIN_ATTEMPTS, KEEP_ONE_TIME_TOKENS
from capecontrol.features.identity.password_guess import FAILURES_MAX, LOCKOUT
from capecontrol.main.features import metadata
from tests.moving_clock import MovingClock
from tests.outbox_drain import Drain
from tests.people import PASSWORD, SYSTEM, People

MINUTE = timedelta(minutes=1)


async def count(people: People, table: str) -> int:
    async with people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        rows = select(func.count()).select_from(metadata.tables[table])
        return int((await work.session.execute(rows)).scalar_one())


async def sign_in(people: People, email: str, password: str = PASSWORD) -> int:
    answer = await people.stranger().post("/api/auth/login", {"email": email, "password": password})
    return answer.status_code


async def test_attempts_go_and_a_lock_stays(people: People, drain: Drain, clock: MovingClock) -> None:
    assert KEEP_LOGIN_ATTEMPTS > LOCKOUT
    owner = await people.owner()
    assert await sign_in(people, "long-ago@people.test", "Wrong-pass-1") == 401
    clock.advance(KEEP_LOGIN_ATTEMPTS - timedelta(minutes=5))
    for _ in range(FAILURES_MAX):
        assert await sign_in(people, owner.email, "Wrong-pass-1") == 401
    assert await sign_in(people, owner.email) == 429

    clock.advance(timedelta(minutes=6))
    await drain.slot("identity.forget_login_attempts")

    assert await count(people, "login_attempts") == FAILURES_MAX
    assert await sign_in(people, owner.email) == 429
    clock.advance(LOCKOUT)
    assert await sign_in(people, owner.email) == 200


async def test_what_somebody_holds_is_left_for_the_next_time(people: People, drain: Drain, clock: MovingClock) -> None:
    for number in range(3):
        assert await sign_in(people, f"{number}@people.test", "Wrong-pass-1") == 401
    clock.advance(KEEP_LOGIN_ATTEMPTS + MINUTE)
    oldest = text("select id from login_attempts order by created_at limit 1 for update")
    async with people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        await work.session.execute(oldest)
        async with asyncio.timeout(20):
            await drain.slot("identity.forget_login_attempts")
        assert await count(people, "login_attempts") == 1

    await drain.slot("identity.forget_login_attempts")
    assert await count(people, "login_attempts") == 0


async def test_mailed_tokens_go_a_month_after_they_expired(people: People, drain: Drain, clock: MovingClock) -> None:
    stranger = people.stranger()
    body = {"email": "new@people.test", "password": PASSWORD, "organization_name": "Newcomers"}
    assert (await stranger.post("/api/auth/register", body)).status_code == 201
    await drain()
    assert await count(people, "one_time_tokens") == 1
    async with people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        left = (await work.session.execute(text("select expires_at from one_time_tokens"))).scalar_one() - clock.now()

    clock.advance(left + KEEP_ONE_TIME_TOKENS - MINUTE)
    await drain.slot("identity.forget_one_time_tokens")
    assert await count(people, "one_time_tokens") == 1
    clock.advance(2 * MINUTE)
    await drain.slot("identity.forget_one_time_tokens")
    assert await count(people, "one_time_tokens") == 0


@pytest.mark.parametrize("ends_by", ["signing out", "time"])
async def test_an_ended_session_goes_with_its_tokens(
    ends_by: str, people: People, drain: Drain, clock: MovingClock
) -> None:
    owner = await people.owner()
    body = {"email": owner.email, "password": PASSWORD}
    session = people.stranger()
    signed_in = (await session.post("/api/auth/login", body)).json()
    renewed = await people.stranger().post("/api/auth/refresh", {"refresh_token": signed_in["refresh_token"]})
    assert renewed.status_code == 200
    async with people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        # That of the fixture, which has no tokens.
        await work.session.execute(text("delete from sessions where id = :id"), {"id": owner.session_id})
    if ends_by == "signing out":
        session.token = renewed.json()["access_token"]
        assert (await session.post("/api/auth/logout", {})).status_code == 200
        left = timedelta()
    else:
        async with people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
            newest = await work.session.execute(text("select max(expires_at) from sessions"))
            left = newest.scalar_one() - clock.now()
    clock.advance(left + KEEP_ENDED_SESSIONS - MINUTE)
    await drain.slot("identity.forget_sessions")
    assert (await count(people, "sessions"), await count(people, "refresh_tokens")) == (1, 2)
    clock.advance(2 * MINUTE)
    await drain.slot("identity.forget_sessions")
    assert (await count(people, "sessions"), await count(people, "refresh_tokens")) == (0, 0)


async def test_a_living_sessions_used_tokens_stay(people: People, drain: Drain, clock: MovingClock) -> None:
    """A copied token is recognized a month later, too."""
    owner = await people.owner()
    body = {"email": owner.email, "password": PASSWORD, "remember_me": True}
    first = (await people.stranger().post("/api/auth/login", body)).json()["refresh_token"]
    newest = first
    async with people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        # A session that is renewed for as long as others are kept after their end.
        await work.session.execute(text("update sessions set expires_at = expires_at + interval '400 days'"))
    for _ in range(3):
        answer = await people.stranger().post("/api/auth/refresh", {"refresh_token": newest})
        newest = answer.json()["refresh_token"]
        clock.advance(KEEP_ENDED_SESSIONS / 2)
    await drain.slot("identity.forget_sessions")
    assert await count(people, "refresh_tokens") == 4
    assert (await people.stranger().post("/api/auth/refresh", {"refresh_token": newest})).status_code == 200
    assert (await people.stranger().post("/api/auth/refresh", {"refresh_token": first})).status_code == 401
    assert (await people.stranger().post("/api/auth/refresh", {"refresh_token": newest})).status_code == 401
