"""The events of a stream are what the description says, of which generated clients make their types."""

import pytest
from fastapi import FastAPI

from tests.described_stream import DescribedStream
from tests.features.live.listener import listening
from tests.features.projects.builders import build_project
from tests.security.world import World


@pytest.fixture
def described(running: FastAPI) -> DescribedStream:
    return DescribedStream(running.openapi(), "/api/live")


async def test_what_a_stream_that_resumes_tells_is_described(
    running: FastAPI, world: World, described: DescribedStream
) -> None:
    token = world.operator.client.token
    async with listening(running, token) as before:
        await before.next()
    project = await build_project(world)
    async with listening(running, token, before.last_event_id) as stream:
        await stream.until(("projects", project))
        await world.operator.client.post("/api/auth/logout")
        assert (await stream.next("end")).data == {"event": "end", "reason": "SIGNED_OUT"}
    assert described.faults(stream.body.decode()) == []


async def test_what_a_stream_that_cannot_resume_tells_is_described(
    running: FastAPI, world: World, described: DescribedStream
) -> None:
    async with listening(running, world.operator.client.token, "1/1:1:,") as stream:
        assert (await stream.next("resync")).data == {"event": "resync"}
    assert described.faults(stream.body.decode()) == []


def test_nothing_else_is_an_event(described: DescribedStream) -> None:
    for data in ('{"event":"changes"}', '{"event":"end"}', '{"event":"later"}', '{"changes":[]}', '"changes"'):
        assert described.faults(f"event: changes\ndata: {data}\n\n"), data
