"""Rate limits by address, person, key and organization: each counts its own and no other's."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI

from capecontrol.core.http import Router, authenticated, optional, public
from capecontrol.core.http.limit_checks import LimitNeverCounts
from capecontrol.core.http.limits import Limit, LimitNameTaken, Subject, check_names
from capecontrol.core.http.surface import surface_at
from capecontrol.core.permissions import Role
from tests.key_store import KeyStore
from tests.plain_http import send
from tests.security.world import World

#: What the probes' limits let pass at once.
BURST = 2


def _address() -> str:
    """Return one of a network that nobody else is in: networks are counted, too."""
    return f"198.{uuid.uuid4().int % 250}.{uuid.uuid4().int % 250}.7"


async def _statuses(surfaces: FastAPI, path: str, token: str | None, address: str, times: int = BURST + 1) -> list[int]:
    return [(await send(surfaces, "GET", path, key=token, address=address)).status_code for _ in range(times)]


async def test_by_address_comes_before_who_you_are(surfaces: FastAPI, world: World) -> None:
    path, address = "/api/probe/by-address", _address()
    assert await _statuses(surfaces, path, None, address) == [401, 401, 429]
    assert await _statuses(surfaces, path, world.operator.client.token, address, 1) == [429]
    assert await _statuses(surfaces, path, world.operator.client.token, "192.0.2.77", 1) == [200]


async def test_by_address_counts_a_subscriber_of_ipv6_once(surfaces: FastAPI) -> None:
    """Who has one address there has 2^64 of them."""
    path, prefix = "/api/probe/by-address", f"2001:db8:{uuid.uuid4().hex[:4]}:{uuid.uuid4().hex[:4]}"
    seen = [(await _statuses(surfaces, path, None, f"{prefix}::{n}", 1))[0] for n in (1, 2, "a:b:c")]
    assert seen == [401, 401, 429]
    assert await _statuses(surfaces, path, None, "2001:db8:ffff:ffff::1", 1) == [401]


async def test_by_address_counts_ipv4_however_it_is_written(surfaces: FastAPI) -> None:
    path, address = "/api/probe/by-address", _address()
    seen = [(await _statuses(surfaces, path, None, one, 1))[0] for one in (address, f"::ffff:{address}", address)]
    assert seen == [401, 401, 429]


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


@pytest.mark.parametrize(
    ("path", "marker", "subject"),
    [
        ("/v1/x", authenticated, Subject.ACTOR),
        ("/v1/x", optional, Subject.ACTOR),
        ("/api/x", authenticated, Subject.KEY),
        ("/api/x", optional, Subject.KEY),
        ("/scim/v2/x", authenticated, Subject.ORGANIZATION),
    ],
)
def test_a_limit_by_what_the_credential_does_not_tell_cannot_be_declared(
    path: str, marker: Callable[..., Any], subject: Subject
) -> None:
    """Not beside another limit either."""
    limits = (Limit("x", 1, 1, by=subject), Limit("y", 1, 1))

    async def route(_units: object = marker(limit=limits)) -> None: ...

    with pytest.raises(LimitNeverCounts, match=f"have no {subject}"):
        Router("x", surface=surface_at(path)).get(path, operation_id="x", summary="X")(route)


def test_a_limit_that_callers_can_leave_cannot_be_declared() -> None:
    async def route(_units: object = optional(limit=Limit("x", 1, 1, by=Subject.ACTOR))) -> None: ...

    with pytest.raises(LimitNeverCounts, match="add one by address"):
        Router("x").get("/api/x", operation_id="x", summary="X")(route)


@pytest.mark.parametrize("other", [Limit("x", 1, 1, by=Subject.ACTOR), Limit("x", 1, 2), Limit("x", 2, 1)])
def test_two_limits_of_one_name_cannot_be_declared(other: Limit) -> None:
    router = Router("x")

    async def one(_units: object = public(limit=Limit("x", 1, 1))) -> None: ...

    async def same(_units: object = public(limit=Limit("x", 1, 1))) -> None: ...

    router.get("/api/one", operation_id="one", summary="X")(one)
    router.get("/api/same", operation_id="same", summary="X")(same)
    with pytest.raises(LimitNameTaken, match="would share a bucket"):
        check_names([*router.limits, other])


def test_two_limits_of_one_name_cannot_be_declared_in_one_router() -> None:
    router = Router("x")

    async def one(_units: object = public(limit=Limit("x", 1, 1))) -> None: ...

    async def other(_units: object = public(limit=Limit("x", 1, 2))) -> None: ...

    router.get("/api/one", operation_id="one", summary="X")(one)
    with pytest.raises(LimitNameTaken):
        router.get("/api/other", operation_id="other", summary="X")(other)
