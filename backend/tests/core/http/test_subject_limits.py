"""Rate limits by address, person, key, organization and recipient: each counts its own and no other's."""

import uuid

import pytest
from fastapi import FastAPI

from capecontrol.core.http import Router, public
from capecontrol.core.http.limits import Limit, Subject
from capecontrol.core.http.route import LimitNeverCounts
from capecontrol.core.permissions import Role
from tests.client import Client
from tests.key_store import KeyStore
from tests.plain_http import send
from tests.security.world import World

#: What the probes' limits let pass at once.
BURST = 2


def _address() -> str:
    return f"198.51.100.{uuid.uuid4().int % 250}"


async def _statuses(surfaces: FastAPI, path: str, token: str | None, address: str, times: int = BURST + 1) -> list[int]:
    return [(await send(surfaces, "GET", path, key=token, address=address)).status_code for _ in range(times)]


async def test_by_address_comes_before_who_you_are(surfaces: FastAPI, world: World) -> None:
    path, address = "/api/probe/by-address", _address()
    assert await _statuses(surfaces, path, None, address) == [401, 401, 429]
    assert await _statuses(surfaces, path, world.operator.client.token, address, 1) == [429]
    assert await _statuses(surfaces, path, world.operator.client.token, "192.0.2.77", 1) == [200]


async def test_by_person_counts_a_person_wherever_they_are(surfaces: FastAPI, world: World) -> None:
    path, one, other = "/api/probe/by-actor", await world.member(Role.OWNER), await world.member(Role.OWNER)
    seen = [(await _statuses(surfaces, path, one.client.token, _address(), 1))[0] for _ in range(BURST + 1)]
    assert seen == [200, 200, 429]
    assert await _statuses(surfaces, path, other.client.token, _address(), 1) == [200]
    assert await _statuses(surfaces, path, "garbage", _address()) == [401, 401, 401]


async def test_by_caller_comes_before_what_they_may(surfaces: FastAPI, world: World) -> None:
    """An auditor may not read projects; the limit is counted all the same."""
    auditor = await world.people.person(Role.AUDITOR)
    assert await _statuses(surfaces, "/api/probe/by-actor", auditor.client.token, _address()) == [403, 403, 429]


async def test_by_key_counts_a_key(surfaces: FastAPI, store: KeyStore, world: World) -> None:
    path, key, other = "/v1/probe/by-key", store.issue(org_ids=(world.own,)), store.issue(org_ids=(world.own,))
    assert await _statuses(surfaces, path, key, _address()) == [200, 200, 429]
    assert await _statuses(surfaces, path, other, _address(), 1) == [200]


async def test_by_organization_counts_all_of_its_keys(surfaces: FastAPI, store: KeyStore, world: World) -> None:
    path, org_id = "/v1/probe/by-organization", uuid.uuid4()
    keys = [store.issue(org_ids=(org_id,)) for _ in range(BURST + 1)]
    assert [(await _statuses(surfaces, path, key, _address(), 1))[0] for key in keys] == [200, 200, 429]
    assert await _statuses(surfaces, path, store.issue(org_ids=(world.foreign,)), _address(), 1) == [200]
    # A key that is bound to none belongs to no organization that could be counted.
    assert await _statuses(surfaces, path, store.issue(), _address()) == [200, 200, 200]


async def test_several_limits_hold_together(surfaces: FastAPI, world: World) -> None:
    """People of one organization share its limit; strangers have none of it."""
    path, org_id = "/api/probe/by-both", await world.people.organization(f"Limited {uuid.uuid4().hex[:8]}")
    people = [await world.people.person(Role.USER, org_id) for _ in range(BURST + 1)]
    seen = [(await _statuses(surfaces, path, one.client.token, _address(), 1))[0] for one in people]
    assert seen == [200, 200, 429]
    assert await _statuses(surfaces, path, None, _address()) == [200, 200, 200]


async def test_by_recipient_counts_an_address_however_it_is_written(surfaces: FastAPI) -> None:
    name = uuid.uuid4().hex
    written = (f"{name}@people.test", f" {name.upper()}@People.TEST ", f"{name}@people.test")
    answers = [await _letter(surfaces, {"to": one}) for one in written]
    assert answers == [200, 200, 429]
    assert await _letter(surfaces, {"to": f"other-{name}@people.test"}) == 200


async def test_by_recipient_reads_the_query_where_there_is_no_body(surfaces: FastAPI) -> None:
    to = f"{uuid.uuid4().hex}@people.test"
    answers = [await send(surfaces, "GET", "/api/probe/letters", params={"to": to}) for _ in range(BURST + 1)]
    assert [one.status_code for one in answers] == [200, 200, 429]


async def test_by_recipient_leaves_nonsense_to_the_content(surfaces: FastAPI) -> None:
    """What names nobody is refused for what it is, as often as it comes."""
    for body in ({}, {"to": 7}, {"to": None}, {"to": ["a@b.test"]}):
        for _ in range(BURST + 1):
            assert await _letter(surfaces, body) == 422


async def test_by_recipient_comes_after_the_envelope(surfaces: FastAPI) -> None:
    to = f"{uuid.uuid4().hex}@people.test"
    for _ in range(BURST + 1):
        answer = await send(
            surfaces, "POST", "/api/probe/letters", content=f'{{"to": "{to}"'.encode(),
            headers={"Content-Type": "application/json"},
        )  # fmt: skip
        assert answer.status_code == 400
    assert await _letter(surfaces, {"to": to}) == 200


async def test_a_refusal_says_which_limit_and_when_to_come_back(surfaces: FastAPI, store: KeyStore) -> None:
    key = store.issue()
    answers = [await send(surfaces, "GET", "/v1/probe/by-key", key=key) for _ in range(BURST + 1)]
    refused = answers[-1]
    assert (refused.status_code, refused.json()["type"]) == (429, "rate-limited")
    assert int(refused.headers["retry-after"]) >= 1
    assert refused.headers["ratelimit-policy"].startswith('"probe-key";q=2')


@pytest.mark.parametrize("subject", [Subject.ACTOR, Subject.KEY, Subject.ORGANIZATION])
def test_a_limit_that_would_never_count_cannot_be_declared(subject: Subject) -> None:
    declare = Router("x").get("/api/x", operation_id="x", summary="X")

    async def route(_units: object = public(limit=Limit("x", 1, 1, by=subject))) -> None: ...

    with pytest.raises(LimitNeverCounts):
        declare(route)


async def _letter(surfaces: FastAPI, body: dict[str, object]) -> int:
    return (await Client(surfaces).post("/api/probe/letters", body, csrf=False)).status_code
