"""The order of refusal: 401 → 415/413/400 → 403 → 404 → 422 → 409. Each request has every later fault as well."""

import uuid
from typing import Any

import pytest

from capecontrol.core.permissions import Role
from tests.client import Client
from tests.features.projects.builders import build_project
from tests.security.callers import Callers
from tests.security.world import World

BAD: dict[str, Any] = {"status": "NOWHERE", "unknown": 1}
JSON = {"Content-Type": "application/json"}
TEXT = {"Content-Type": "text/plain"}


async def _ask(
    client: Client, project: str, *, content: bytes | None = None, headers: dict[str, str] | None = None, **options: Any
) -> int:
    if content is not None:
        options["content"] = content
    answer = await client.request("POST", f"/api/projects/{project}/status", headers=headers, **options)
    assert answer.headers["content-type"].startswith("application/problem+json"), answer.text
    return answer.status_code


async def test_who_you_are_comes_first(world: World) -> None:
    stranger, nowhere = world.people.stranger(), str(uuid.uuid4())
    assert await _ask(stranger, nowhere, content=b"{", headers=TEXT, csrf=False) == 401
    assert await _ask(stranger, nowhere, content=b"x" * 3_000_000, headers=TEXT, csrf=False) == 401
    assert await _ask(stranger, nowhere, content=b"{", headers=JSON, csrf=False) == 401


@pytest.mark.parametrize("credential", ["gar", "exp", "rev", "dis", "aud"])
async def test_a_credential_that_does_not_hold_comes_before_the_envelope(credential: str, callers: Callers) -> None:
    """Also one that only the database can tell, which is asked when the body was read."""
    client, nowhere = await callers.get(credential, "OPE"), str(uuid.uuid4())
    assert await _ask(client, nowhere, content=b"{", headers=JSON, csrf=False) == 401
    assert await _ask(client, nowhere, content=b"{", headers=TEXT, csrf=False) == 401
    assert await _ask(client, nowhere, content=b"x" * 3_000_000, headers=JSON, csrf=False) == 401


async def test_then_the_envelope(callers: Callers) -> None:
    """Whether the caller's role would do or not."""
    for column in ("USE", "OPE"):
        caller, nowhere = await callers.get(column, "OPE"), str(uuid.uuid4())
        assert await _ask(caller, nowhere, content=b"{", headers=TEXT, csrf=False) == 415
        assert await _ask(caller, nowhere, content=b"x" * 3_000_000, headers=JSON, csrf=False) == 413
        assert await _ask(caller, nowhere, content=b"{", headers=JSON, csrf=False) == 400


async def test_then_your_role_and_the_csrf_pair(callers: Callers) -> None:
    nowhere = str(uuid.uuid4())
    assert await _ask(await callers.get("USE", "OPE"), nowhere, json=BAD) == 403
    assert await _ask(await callers.get("OPE", "OPE"), nowhere, json=BAD, csrf=False) == 403


async def test_then_whether_it_is_there(world: World) -> None:
    operator = world.operator.client
    assert await _ask(operator, str(uuid.uuid4()), json=BAD) == 404
    assert await _ask(operator, "not-an-id", json=BAD) == 404


async def test_then_the_content_and_last_the_state(world: World) -> None:
    operator, project = world.operator.client, await build_project(world)
    assert await _ask(operator, project, json={"status": "COMPLETED", "unknown": 1}) == 422
    assert await _ask(operator, project, json={"status": "COMPLETED"}) == 409


async def test_a_conflict_names_the_legal_steps(world: World) -> None:
    project = await build_project(world)
    answer = await world.operator.client.post(f"/api/projects/{project}/status", {"status": "COMPLETED"})
    assert answer.status_code == 409
    assert answer.json()["allowed"] == ["PROPOSED"]


@pytest.mark.parametrize("role", [Role.OWNER, Role.USER])
async def test_onboarding_is_asked_for_before_the_thing(role: Role, world: World) -> None:
    person = await world.member(role, onboarded=False)
    answer = await person.client.get(f"/api/projects/{uuid.uuid4()}")
    assert answer.status_code == 403
    assert answer.json()["type"] == "onboarding/required"
