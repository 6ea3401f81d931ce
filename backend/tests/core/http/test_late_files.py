"""Who may not send a file is told so before it has come."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from fastapi import FastAPI
from httpx import Response

from capecontrol.core.permissions import Role
from capecontrol.core.ports import Ports
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.features.business.routes.business import PICTURES
from capecontrol.main.settings import Settings
from tests.client import Client
from tests.features.business.pictures import multipart, picture
from tests.security.callers import Callers
from tests.security.second_app import second_app
from tests.security.world import World

PATH = "/api/business/pictures"
FORM, HEADERS = multipart(picture())


class LateFile:
    """A form with a file that comes in two parts, when it is asked for."""

    def __init__(self, midway: Callable[[], Awaitable[object]] | None = None) -> None:
        """Take what happens between the parts."""
        self._midway = midway
        self.was_read = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        self.was_read = True
        yield FORM[:50]
        if self._midway is not None:
            await self._midway()
        yield FORM[50:]


async def _send(client: Client, file: LateFile, **headers: str) -> Response:
    return await client.post(PATH, content=file, headers={**HEADERS, **headers})


async def _refused(client: Client, **headers: str) -> tuple[int, str, bool]:
    file = LateFile()
    answer = await _send(client, file, **headers)
    return answer.status_code, answer.json()["type"], file.was_read


@pytest.mark.parametrize("credential", ["rev", "dis", "aud", "exp"])
async def test_a_session_that_is_over(credential: str, callers: Callers) -> None:
    assert await _refused(await callers.get(credential, "OPE")) == (401, "auth/unauthenticated", False)


async def test_a_role_that_may_not(world: World) -> None:
    """What the head of the request tells comes before it, as everywhere."""
    client = (await world.member(Role.OWNER)).client
    assert await _refused(client) == (403, "auth/forbidden", False)
    assert await _refused(client, **{"Content-Type": "text/plain"}) == (415, "request/unsupported-media-type", False)
    assert await _refused(client, **{"Content-Length": "99000000"}) == (413, "request/too-large", False)


async def test_a_request_without_the_csrf_pair(world: World) -> None:
    assert await _refused(world.operator.client, **{"X-CSRF-Token": "none"}) == (403, "auth/csrf-failed", False)


async def test_one_who_called_too_often(
    world: World, settings: Settings, factory: UnitOfWorkFactory, ports: Ports
) -> None:
    """Each file is counted once."""
    strict = settings.model_copy(update={"rate_limits": True})
    token = (await world.people.operator()).client.token
    async with second_app(strict, factory, ports) as limited:
        client = Client(limited, token)
        sent = [await _send(client, LateFile()) for _ in range(PICTURES.burst)]
        assert {answer.status_code for answer in sent} == {201}
        assert await _refused(client) == (429, "rate-limited", False)


async def test_a_session_that_ends_while_the_file_comes(world: World, app: FastAPI, settings: Settings) -> None:
    kept = Path(settings.capecontrol_home) / "objects" / "branding"
    before = set(kept.glob("*"))
    operator = await world.people.operator()
    other = Client(app, operator.client.token)
    answer = await _send(operator.client, LateFile(lambda: other.post("/api/auth/logout")))
    assert (answer.status_code, set(kept.glob("*"))) == (401, before)
