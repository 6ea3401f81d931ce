"""A stream lives as long as its session, and not longer than two seconds more."""

import pytest
from fastapi import FastAPI
from sqlalchemy import text

from capecontrol.core.permissions import Role
from capecontrol.features.identity.tokens import ACCESS_TTL
from tests.features.live.listener import listening
from tests.features.projects.builders import build_project
from tests.moving_clock import MovingClock
from tests.people import Person
from tests.security.world import World

#: What ends a session, and what its page is told.
ENDINGS = {
    "signed out": ("update sessions set revoked_at = now() where id = :session", "SIGNED_OUT"),
    "expired": ("update sessions set expires_at = now() - interval '1 day' where id = :session", "SIGNED_OUT"),
    "forgotten": ("delete from sessions where id = :session", "SIGNED_OUT"),
    "disabled": ("update users set status = 'DISABLED' where id = :person", "DISABLED"),
    "suspended": ("update organizations set status = 'SUSPENDED' where id = :organization", "SUSPENDED"),
    "another role": ("update users set role = 'USER' where id = :person", "CHANGED"),
    "all tokens withdrawn": ("update users set token_version = token_version + 1 where id = :person", "CHANGED"),
}


async def _run(world: World, statement: str, person: Person) -> None:
    values = {"session": person.session_id, "person": person.id, "organization": person.org_id}
    named = {name: value for name, value in values.items() if f":{name}" in statement}
    async with world.unit() as work:
        await work.session.execute(text(statement), named)


@pytest.mark.parametrize("ending", ENDINGS)
async def test_a_session_that_ends_ends_its_streams_and_no_other(running: FastAPI, world: World, ending: str) -> None:
    statement, reason = ENDINGS[ending]
    owner, other = await world.member(Role.OWNER), await world.member(Role.OWNER, foreign=True)
    async with listening(running, owner.client.token) as theirs, listening(running, other.client.token) as others:
        await _run(world, statement, owner)
        assert (await theirs.next("end")).data == {"event": "end", "reason": reason}
        assert await theirs.until_end() == []
        body = {"org_id": str(world.foreign), "title": "Of the other one"}
        project = (await world.post("/api/projects", body))["id"]
        assert ("projects", project) in await others.until(("projects", project))


async def test_signing_out_ends_the_stream(running: FastAPI, world: World) -> None:
    owner = await world.member(Role.OWNER)
    async with listening(running, owner.client.token) as stream:
        await owner.client.post("/api/auth/logout")
        assert (await stream.next("end")).data == {"event": "end", "reason": "SIGNED_OUT"}


async def test_an_access_token_that_runs_out_ends_no_stream(running: FastAPI, world: World, clock: MovingClock) -> None:
    async with listening(running, world.operator.client.token) as stream:
        clock.advance(ACCESS_TTL * 2)
        assert (await world.operator.client.get("/api/auth/me")).status_code == 401
        # So far away that the place counts as forgotten.
        await stream.next("resync")
        assert not stream.has_ended


async def test_the_oldest_stream_of_a_person_gives_way(running: FastAPI, world: World) -> None:
    token = world.operator.client.token
    async with listening(running, token) as oldest, listening(running, token) as second:
        for _ in range(5):
            async with listening(running, token):
                pass
        assert not oldest.has_ended
        async with (
            listening(running, token), listening(running, token), listening(running, token), listening(running, token),
        ):  # fmt: skip
            assert not oldest.has_ended
            async with listening(running, token):
                assert (await oldest.next("end")).data == {"event": "end", "reason": "REPLACED"}
                assert await oldest.until_end() == []
                project = await build_project(world)
                assert ("projects", project) in await second.until(("projects", project))
