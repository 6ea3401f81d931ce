"""Authorization of machines, door by door: each cell of every machine row is asked for over HTTP."""

import pytest
from fastapi import FastAPI

from capecontrol.core.credentials import BearerCredentials, NoCredentials
from capecontrol.core.http.surface import BROWSER, MACHINE, OFREP
from capecontrol.core.permissions import BILL_READ, FLAG_READ
from capecontrol.core.ports import Ports
from tests.kept_ports import kept
from tests.key_store import KeyStore
from tests.security.call import Call
from tests.security.columns import KEYS
from tests.security.machine_callers import MachineCallers
from tests.security.rows import MACHINE_ROWS
from tests.security.served import every_operation
from tests.security.world import World


@pytest.fixture(scope="module")
def machines(app: FastAPI, store: KeyStore, world: World) -> MachineCallers:
    return MachineCallers(app, store, world)


def test_every_machine_operation_has_its_machine_row(app: FastAPI) -> None:
    machine = {one.id for one in every_operation(app).values() if one.route.surface in (MACHINE, OFREP)}
    assert machine == MACHINE_ROWS.keys(), "write their machine rows in their feature's operations.py"


def test_every_surface_has_its_matrix(app: FastAPI) -> None:
    """A surface whose first route arrives brings its table."""
    assert {one.route.surface for one in every_operation(app).values()} == {BROWSER, MACHINE}


@pytest.mark.parametrize("name", MACHINE_ROWS)
async def test_each_caller_gets_the_status_of_the_table(
    name: str, app: FastAPI, machines: MachineCallers, world: World
) -> None:
    operation, row = every_operation(app)[name], MACHINE_ROWS[name]
    seen: dict[str, int] = {}
    for column in KEYS:
        answer = await machines.call(column, operation, await row.call(world))
        seen[column] = answer.status_code
        if answer.status_code == 401:
            assert answer.headers["www-authenticate"].startswith("Bearer")
        assert "set-cookie" not in answer.headers
    assert seen == row.cells


async def test_an_installation_without_keys_knows_none(app: FastAPI, ports: Ports, machines: MachineCallers) -> None:
    """As production is wired until keys can be made."""
    operation, key = every_operation(app)["get_whoami"], machines.store.issue()
    with kept(ports, BearerCredentials):
        ports.provide(BearerCredentials, NoCredentials())
        answer = await machines.send(operation, Call(), {"X-API-Key": key})
    assert answer.status_code == 401


async def test_whoami_tells_the_key_and_no_secret(app: FastAPI, machines: MachineCallers, world: World) -> None:
    operation = every_operation(app)["get_whoami"]
    for bound in ({world.own}, {world.own, world.foreign}, None):
        key = machines.store.issue(org_ids=bound, scopes={FLAG_READ, BILL_READ})
        answer = await machines.send(operation, Call(), {"X-API-Key": key})
        stored = machines.store.of(key)
        assert answer.json() == {
            "key_id": stored.key.key_id,
            "app_id": str(stored.key.app_id),
            "scopes": ["bill:read", "flag:read"],
            "org_ids": None if bound is None else sorted(str(one) for one in bound),
        }
