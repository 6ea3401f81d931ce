"""Authorization of machines, door by door: each cell of ``machine_matrix`` is asked for over HTTP."""

import pytest
from fastapi import FastAPI

from capecontrol.core.credentials import BearerCredentials, NoCredentials
from capecontrol.core.http.surface import BROWSER, MACHINE, OFREP
from capecontrol.core.ports import Ports
from tests.key_store import KeyStore
from tests.security.machine_callers import MachineCallers, lines_of
from tests.security.machine_matrix import MACHINE_MATRIX
from tests.security.operations import every_operation
from tests.security.test_matrix import ROWS as BROWSER_ROWS
from tests.security.test_matrix import call_for
from tests.security.world import World

ROWS = lines_of(MACHINE_MATRIX)


@pytest.fixture(scope="module")
def machines(app: FastAPI, store: KeyStore, world: World) -> MachineCallers:
    return MachineCallers(app, store, world)


def test_every_machine_operation_has_its_line_here_and_no_other(app: FastAPI) -> None:
    machine = {one.id for one in every_operation(app).values() if one.route.surface in (MACHINE, OFREP)}
    assert machine == ROWS.keys(), "write their lines in tests/security/machine_matrix.py"
    assert not machine & BROWSER_ROWS.keys(), "these are called by machines"


def test_every_surface_has_its_matrix(app: FastAPI) -> None:
    """A surface whose first route arrives brings its table."""
    assert {one.route.surface for one in every_operation(app).values()} == {BROWSER, MACHINE}


@pytest.mark.parametrize("name", ROWS)
async def test_each_caller_gets_the_status_of_the_table(
    name: str, app: FastAPI, machines: MachineCallers, world: World
) -> None:
    operation, row = every_operation(app)[name], ROWS[name]
    seen = {}
    for column in row:
        answer = await machines.call(column, operation, await call_for(operation, world))
        seen[column] = str(answer.status_code)
        if answer.status_code == 401:
            assert answer.headers["www-authenticate"].startswith("Bearer")
        assert "set-cookie" not in answer.headers
    assert seen == row, {column: (row[column], seen[column]) for column in row if row[column] != seen[column]}


async def test_an_installation_without_keys_knows_none(app: FastAPI, ports: Ports, machines: MachineCallers) -> None:
    """As production is wired until keys can be made."""
    operation, key = every_operation(app)["get_whoami"], machines.store.issue()
    store = ports.get(BearerCredentials)
    ports.provide(BearerCredentials, NoCredentials())
    try:
        answer = await machines.send(operation, await call_for(operation, machines.world), {"X-API-Key": key})
    finally:
        ports.provide(BearerCredentials, store)
    assert answer.status_code == 401


async def test_whoami_tells_the_key_and_no_secret(app: FastAPI, machines: MachineCallers, world: World) -> None:
    operation = every_operation(app)["get_whoami"]
    call = await call_for(operation, world)
    for bound in ({world.own}, {world.own, world.foreign}, None):
        key = machines.store.issue(org_ids=bound)
        answer = await machines.send(operation, call, {"X-API-Key": key})
        stored = machines.store.of(key)
        assert answer.json() == {
            "key_id": stored.key.key_id,
            "app_id": str(stored.key.app_id),
            "scopes": ["bill:read", "bill:write", "flag:read", "log:write"],
            "org_ids": None if bound is None else sorted(str(one) for one in bound),
        }
