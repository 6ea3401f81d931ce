"""Every POST that takes a key answers a repetition with the first answer: walked over the application's routes."""

import uuid
from dataclasses import replace
from typing import get_type_hints

import pytest
from fastapi import FastAPI

from capecontrol.core.http.limits import Subject
from capecontrol.core.permissions import Role
from capecontrol.features.workflows.ports import AutomationEngine
from tests.security.callers import Callers
from tests.security.rows import ROWS
from tests.security.served import Operation, operations
from tests.security.world import World

KEPT = ("content-type", "etag", "location")


def _keyed(app: FastAPI) -> set[str]:
    return {
        name
        for name, operation in operations(app).items()
        if operation.method == "POST" and all(access.takes_key for access in operation.route.gate.accesses)
    }


async def test_a_post_without_a_key_says_why(app: FastAPI) -> None:
    posts = {name for name, operation in operations(app).items() if operation.method == "POST"}
    assert {name for name, row in ROWS.items() if row.keyless} == posts - _keyed(app)


async def test_a_post_that_works_in_phases_is_limited(app: FastAPI) -> None:
    """Its twins wait for it, and it keeps the outside or a processor busy: by person, or by address for strangers."""
    routes = {name: operations(app)[name].route for name in _keyed(app)}
    unlimited = {
        name
        for name, route in routes.items()
        if not route.has_own_unit
        # The local run's own.
        and not route.path.startswith("/api/dev/")
        and (Subject.ACTOR if route.gate.demands_caller else Subject.ADDRESS)
        not in {limit.by for limit in route.gate.limits}
    }
    assert unlimited == set()


async def test_a_route_that_asks_an_automation_server_is_limited(app: FastAPI) -> None:
    """Whatever its method: each waits for a machine that the caller names."""
    asking = {
        name: operation.route
        for name, operation in operations(app).items()
        if AutomationEngine in get_type_hints(operation.route.endpoint).values()
    }
    assert "update_workflow_environment" in asking
    counted = {name for name, route in asking.items() if Subject.ACTOR in {limit.by for limit in route.gate.limits}}
    assert set(asking) - counted == set()


async def test_a_repetition_gets_the_same_bytes_and_has_no_effect(app: FastAPI, world: World, callers: Callers) -> None:
    faults = {}
    for name in sorted(_keyed(app)):
        if fault := await _fault(operations(app)[name], world, callers):
            faults[name] = fault
    assert faults == {}


async def _fault(operation: Operation, world: World, callers: Callers) -> str | None:
    row = ROWS[operation.id]
    call = await row.call(world)
    keyed = replace(call, headers={**call.headers, "Idempotency-Key": str(uuid.uuid4())})
    client = await callers.asked(row)

    first = await operation.send(client, keyed)
    events = await world.count("audit_events")
    again = await operation.send(client, keyed)

    if not first.is_success:
        return f"refused: {first.text}"
    if (again.status_code, again.content) != (first.status_code, first.content):
        return f"{first.status_code} {first.text} is not {again.status_code} {again.text}"
    if any(first.headers.get(header) != again.headers.get(header) for header in KEPT):
        return f"headers differ: {first.headers} {again.headers}"
    if "idempotent-replayed" in first.headers or again.headers.get("idempotent-replayed") != "true":
        return "the second answer is not the kept one"
    return "the repetition had an effect" if await world.count("audit_events") != events else None


@pytest.mark.parametrize("is_known", [False, True])
async def test_a_repetition_does_not_tell_who_has_an_account(
    is_known: bool, app: FastAPI, world: World, callers: Callers
) -> None:
    for name, body in (
        ("register", {"password": "Lighthouse-7", "organization_name": world.word("Twice")}),
        ("resend_verification", {}),
    ):
        operation: Operation = operations(app)[name]
        email = (await world.member(Role.OWNER)).email if is_known else f"{uuid.uuid4().hex}@new.test"
        call = replace(
            await ROWS[name].call(world),
            json={**body, "email": email},
            headers={"Idempotency-Key": str(uuid.uuid4())},
        )
        client = await callers.get("non", "non", fresh=True)

        first, again = await operation.send(client, call), await operation.send(client, call)

        assert first.is_success, first.text
        assert (again.status_code, again.content) == (first.status_code, first.content)
        assert again.headers["idempotent-replayed"] == "true"
        assert set(again.headers) == {*first.headers, "idempotent-replayed"}
