"""The machine door: who gets in with which key, and what those learn who do not."""

import uuid
from datetime import timedelta

import pytest
from fastapi import FastAPI
from structlog.testing import capture_logs

from capecontrol.core.credentials import BearerCredentials
from capecontrol.core.crypto import new_secret
from capecontrol.core.permissions import FLAG_READ
from capecontrol.core.ports import Ports
from capecontrol.core.problems import Unavailable
from capecontrol.features.identity.errors import OrganizationSuspended
from capecontrol.features.onboarding.errors import OnboardingRequired
from tests.key_store import KeyStore
from tests.plain_http import send
from tests.security.call import Call
from tests.security.columns import KEYS
from tests.security.machine_callers import MachineCallers
from tests.security.row import KEYED, MachineRow, optionally_keyed
from tests.security.served import every_operation
from tests.security.world import World

ROWS = (
    MachineRow("probe_flags", KEYED, missing_scope=403, bound_elsewhere=200, suspended=403, own=200),
    MachineRow("probe_logs", KEYED, missing_scope=403, bound_elsewhere=200, suspended=200, own=200),
    MachineRow("probe_organization", KEYED, missing_scope=403, bound_elsewhere=403, suspended=403, own=200),
    MachineRow("probe_unit", KEYED, missing_scope=403, bound_elsewhere=200, suspended=403, own=200),
    MachineRow("probe_optional", optionally_keyed(200), missing_scope=200, bound_elsewhere=200, suspended=200, own=200),
)
FLAGS = "/v1/probe/flags"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.operation)
async def test_each_caller_gets_the_status_of_the_table(
    row: MachineRow, surfaces: FastAPI, store: KeyStore, world: World
) -> None:
    operation, machines = every_operation(surfaces)[row.operation], MachineCallers(surfaces, store, world)
    call = Call({"org_id": str(world.own)}) if "{" in operation.path else Call()
    seen = {column: (await machines.call(column, operation, call)).status_code for column in KEYS}
    assert seen == row.cells


async def test_both_headers_serve(surfaces: FastAPI, store: KeyStore) -> None:
    key = store.issue()
    for headers in ({"Authorization": f"Bearer {key}"}, {"authorization": f"bearer  {key} "}, {"X-API-Key": key}):
        answer = await send(surfaces, "GET", FLAGS, headers=headers)
        assert (answer.status_code, answer.json()["said"]) == (200, key.partition(".")[0])


async def test_a_machine_is_asked_for_a_key_and_a_person_to_sign_in(surfaces: FastAPI) -> None:
    for path, asked in ((FLAGS, "This request needs an API key"), ("/api/probe/by-actor", "Sign in to continue")):
        answer = (await send(surfaces, "GET", path)).json()
        assert (answer["type"], answer["title"]) == ("auth/unauthenticated", asked)


async def test_an_unknown_key_and_a_wrong_secret_are_the_same_answer(surfaces: FastAPI, store: KeyStore) -> None:
    key_id = store.issue().partition(".")[0]
    request_id = {"X-Request-ID": str(uuid.uuid4())}
    keys = (f"ck_nobody.{new_secret()}", f"{key_id}.{new_secret()}")
    # Each from an address of its own, so that the limit tells both the same.
    unknown, wrong = [
        await send(surfaces, "GET", FLAGS, key=key, headers=request_id, address=f"198.18.0.{place}")
        for place, key in enumerate(keys)
    ]
    assert (unknown.status_code, unknown.content) == (401, wrong.content)
    assert sorted(unknown.headers.items()) == sorted(wrong.headers.items())


@pytest.mark.parametrize("state", ["expired", "revoked", "disabled"])
async def test_what_ended_a_key_is_told_to_its_holder_alone(
    state: str, surfaces: FastAPI, store: KeyStore, world: World
) -> None:
    now = world.people.factory.clock.now()
    ended = {
        "expired": {"expires_at": now},
        "revoked": {"revoked_at": now},
        "disabled": {"is_app_active": False},
    }[state]
    key = store.issue(**ended)
    holder = await send(surfaces, "GET", FLAGS, key=key)
    other = await send(surfaces, "GET", FLAGS, key=f"{key.partition('.')[0]}.{new_secret()}")
    assert (holder.status_code, other.status_code) == (401, 401)
    assert state in holder.json()["detail"]
    assert other.json()["detail"] == "This key isn't valid."


async def test_an_end_in_the_future_is_none(surfaces: FastAPI, store: KeyStore, world: World) -> None:
    key = store.issue(expires_at=world.people.factory.clock.now() + timedelta(seconds=1))
    assert (await send(surfaces, "GET", FLAGS, key=key)).status_code == 200


@pytest.mark.parametrize("name", ["api_key", "apikey", "API_KEY", "access_token", "x-api-key", "authorization"])
async def test_a_key_in_the_address_is_refused_with_the_reason(name: str, surfaces: FastAPI, store: KeyStore) -> None:
    """Also where the header carries it: the address is what ends up in logs."""
    key = store.issue()
    for shown in (None, key):
        answer = await send(surfaces, "GET", FLAGS, key=shown, params={name: key})
        assert answer.status_code == 401
        assert "Keys in the URL" in answer.json()["detail"]


@pytest.mark.parametrize(
    "shown",
    [
        "a",
        "a.",
        ".b",
        "a.b",
        "a.b.c",
        "Bearer",
        "é.é",
        "x" * 65 + "." + "y" * 43,
        "x." + "y" * 257,
        "a.b\tc" + "d" * 20,
    ],
)
async def test_what_is_no_key_is_looked_up_nowhere(shown: str, surfaces: FastAPI, store: KeyStore) -> None:
    store.asked.clear()
    for name in ("Authorization", "X-API-Key"):
        value = f"Bearer {shown}" if name == "Authorization" else shown
        answer = await send(surfaces, "GET", FLAGS, headers={name: value.encode()})
        assert answer.status_code == 401
    assert store.asked == []


ADDRESSES = (
    ("198.51.100.7", 200),
    ("::ffff:198.51.100.7", 200),
    ("2001:db8::7", 200),
    ("203.0.113.9", 403),
    ("::ffff:203.0.113.9", 403),
    ("testclient", 403),
)


async def test_a_key_is_used_from_its_addresses_only(surfaces: FastAPI, store: KeyStore) -> None:
    key = store.issue(networks=("198.51.100.0/24", "2001:db8::/32"))
    for address, status in ADDRESSES:
        answer = await send(surfaces, "GET", FLAGS, key=key, address=address)
        assert answer.status_code == status
        if status == 403:
            assert answer.json()["type"] == "auth/address-not-allowed"


async def test_a_key_acts_for_its_own_organizations(surfaces: FastAPI, store: KeyStore, world: World) -> None:
    nobody = uuid.uuid4()
    for bound, allowed in (
        ({world.own}, {world.own}),
        ({world.own, world.foreign}, {world.own, world.foreign}),
        (None, {world.own, world.foreign, nobody}),
        ((), set()),
    ):
        key = store.issue(org_ids=bound)
        for org_id in (world.own, world.foreign, nobody):
            answer = await send(surfaces, "GET", f"/v1/probe/orgs/{org_id}", key=key)
            assert answer.status_code == (200 if org_id in allowed else 403), (bound, org_id)


async def test_another_organization_and_an_unknown_one_are_the_same_answer(
    surfaces: FastAPI, store: KeyStore, world: World
) -> None:
    key, request_id = store.issue(org_ids=(world.own,)), {"X-Request-ID": str(uuid.uuid4())}
    answers = [
        await send(surfaces, "GET", f"/v1/probe/orgs/{org_id}", key=key, headers=request_id)
        for org_id in (world.foreign, uuid.uuid4())
    ]
    assert answers[0].json()["type"] == "auth/organization-not-allowed"
    assert answers[0].content == answers[1].content


async def test_only_a_key_of_one_organization_has_a_scope_of_its_own(
    surfaces: FastAPI, store: KeyStore, world: World
) -> None:
    one = await send(surfaces, "GET", "/v1/probe/unit", key=store.issue(org_ids=(world.own,)))
    assert one.json()["said"] == str(world.own)
    for bound in ((world.own, world.foreign), None):
        answer = await send(surfaces, "GET", "/v1/probe/unit", key=store.issue(org_ids=bound))
        assert (answer.status_code, answer.json()["type"]) == (403, "auth/organization-not-named")


async def test_what_blocks_a_key_is_said_in_its_own_words(surfaces: FastAPI, store: KeyStore, world: World) -> None:
    key = store.issue(org_ids=(world.own,), blocked_by=OrganizationSuspended("Ask the provider."))
    answer = await send(surfaces, "GET", FLAGS, key=key)
    assert (answer.status_code, answer.json()["type"]) == (403, "auth/organization-suspended")


async def test_a_route_is_open_to_the_blockers_that_it_names_and_to_no_other(
    surfaces: FastAPI, store: KeyStore, world: World
) -> None:
    answers = [
        await send(surfaces, "POST", "/v1/probe/logs", key=store.issue(org_ids=(world.own,), blocked_by=blocker))
        for blocker in (OrganizationSuspended("Ask the provider."), OnboardingRequired("Take its steps."))
    ]
    assert [answer.status_code for answer in answers] == [200, 403]
    assert answers[1].json()["type"] == "onboarding/required"


async def test_a_missing_scope_is_recorded_under_the_key(surfaces: FastAPI, store: KeyStore, world: World) -> None:
    key = store.issue(scopes=(), org_ids=(world.own,))
    assert (await send(surfaces, "GET", FLAGS, key=key)).status_code == 403
    answer = await world.operator.client.get("/api/audit", params={"action": "access.denied"})
    denied = answer.json()["items"][0]
    assert (denied["actor_type"], denied["actor_id"]) == ("APP", str(store.of(key).id))
    assert (denied["outcome"], denied["resource_id"]) == ("DENIED", "probe_flags")


async def test_no_secret_is_logged_or_told(surfaces: FastAPI, store: KeyStore) -> None:
    good, ended = store.issue(), store.issue(is_app_active=False)
    wrong = f"{good.partition('.')[0]}.{new_secret()}"
    with capture_logs() as logs:
        answers = [await send(surfaces, "GET", FLAGS, key=key) for key in (good, ended, wrong)]
        answers += [await send(surfaces, "GET", FLAGS, params={"api_key": good})]
    told = "".join(answer.text + str(answer.headers) for answer in answers) + str(logs)
    assert logs
    assert not [key for key in (good, ended, wrong) if key.partition(".")[2] in told]


async def test_a_store_that_cannot_be_asked_is_503(surfaces: FastAPI, store: KeyStore, ports: Ports) -> None:
    class Away:
        async def find(self, key_id: str) -> None:
            raise Unavailable(internal=key_id)

    ports.provide(BearerCredentials, Away())
    try:
        answer = await send(surfaces, "GET", FLAGS, key=store.issue())
    finally:
        ports.provide(BearerCredentials, store)
    assert answer.status_code == 503


async def test_a_machine_needs_no_csrf_pair_and_sees_no_cookie(surfaces: FastAPI, store: KeyStore) -> None:
    headers = {"Cookie": "csrftoken=a; refresh_token=b", "Origin": "https://elsewhere.example"}
    answer = await send(surfaces, "POST", "/v1/probe/logs", key=store.issue(), headers=headers)
    assert answer.status_code == 200
    seen = await send(surfaces, "GET", "/v1/probe/cookies", headers=headers)
    assert seen.json()["said"] == [{}, None]


async def test_a_key_opens_nothing_of_the_browsers(surfaces: FastAPI, store: KeyStore) -> None:
    for path in ("/api/probe/by-actor", "/api/probe/by-address"):
        assert (await send(surfaces, "GET", path, key=store.issue())).status_code == 401
        assert (await send(surfaces, "GET", path, headers={"X-API-Key": store.issue()})).status_code == 401


async def test_the_same_keys_open_the_flags_protocol(surfaces: FastAPI, store: KeyStore) -> None:
    path, body = "/ofrep/v1/probe/beta", {"context": {}}
    assert (await send(surfaces, "POST", path, json=body)).status_code == 401
    assert (await send(surfaces, "POST", path, json=body, key=store.issue())).status_code == 200
    assert (await send(surfaces, "POST", path, json=body, key=store.issue(scopes=()))).status_code == 403
    assert (await send(surfaces, "POST", path, json=body, key=store.issue(scopes=(FLAG_READ,)))).status_code == 200
