"""Parameters that are not sent have the default of their signature, whichever others are: FastAPI is the judge."""

from itertools import combinations
from typing import Annotated, Any

import httpx
import pytest
from fastapi import Depends, FastAPI, Query
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.requests import Request

from capecontrol.core.http import Router, public
from capecontrol.core.http.sent_parameters import COMBINATIONS_MAX, SentParameters
from capecontrol.core.work import Units
from tests.plain_http import send


class Wanted(BaseModel):
    """Parameters of a query in one model."""

    status: str | None = None


NOTHING_WANTED = Wanted()
A_LIST: list[int] = []
SENT = {"a": "1", "b": "2", "since": "x", "from": "4", "deep": "5", "many": "6"}
WRONG = dict.fromkeys(SENT, "x" * 9)


async def _deep(deep: Annotated[int, Query()] = 50) -> int:
    return deep


async def _plain(
    must: Annotated[int, Query()],
    under: Annotated[int, Depends(_deep)],
    a: Annotated[int, Query(le=9)] = 10,
    b: Annotated[int | None, Query()] = None,
    since: Annotated[str, Query(max_length=3)] = "ever",
    start: Annotated[int, Query(alias="from")] = 40,
    many: Annotated[list[int] | None, Query()] = None,
) -> dict[str, Any]:
    return {"must": must, "deep": under, "a": a, "b": b, "since": since, "from": start, "many": many}


async def _contract(_units: Annotated[Units, public()], said: Annotated[dict[str, Any], Depends(_plain)]) -> Any:
    return said


@pytest.fixture(scope="module")
def both(surfaces: FastAPI) -> FastAPI:
    """An application that answers alike under two addresses: as plain FastAPI does, and under the contract."""
    router = Router("parameters")
    router.get("/probe/parameters", operation_id="probe_parameters", summary="Say what was sent")(_contract)
    router.add_to(surfaces)
    surfaces.get("/plain")(_plain)
    return surfaces


async def _ask(app: FastAPI, query: list[tuple[str, str]]) -> tuple[httpx.Response, httpx.Response]:
    contract, plain = [
        await send(app, "GET", path, params=query, address="198.18.4.1") for path in ("/probe/parameters", "/plain")
    ]
    return contract, plain


@pytest.mark.parametrize("count", range(len(SENT) + 1))
async def test_whatever_is_sent_is_read_as_fastapi_reads_it(count: int, both: FastAPI) -> None:
    for names in combinations(SENT, count):
        query = [("must", "0"), *((name, SENT[name]) for name in names), ("many", "7"), ("unknown", "8")]
        contract, plain = await _ask(both, query)
        assert contract.status_code == 200
        assert contract.json() == plain.json()


@pytest.mark.parametrize("names", [(), ("a",), ("deep", "from"), tuple(WRONG)])
async def test_whatever_is_wrong_is_told_as_fastapi_tells_it(names: tuple[str, ...], both: FastAPI) -> None:
    """Also that a parameter without a default is missing."""
    contract, plain = await _ask(both, [(name, WRONG[name]) for name in names])
    assert contract.status_code == plain.status_code == 422
    assert [one["pointer"] for one in contract.json()["errors"]] == [one["pointer"] for one in plain.json()["errors"]]
    assert len(contract.json()["errors"]) == 1 + len(names)


async def _needs(b: Annotated[int, Query()]) -> int:
    return b


async def _in_model(wanted: Annotated[Wanted, Query()] = NOTHING_WANTED) -> Any:
    return wanted.status


async def _renamed(x: Annotated[str | None, Query(validation_alias="a")] = None) -> Any:
    return x


async def _needed_below(under: Annotated[int, Depends(_needs)], b: Annotated[int | None, Query()] = None) -> Any:
    return [under, b]


async def _filled(many: Annotated[list[int], Query()] = A_LIST, a: int = 1) -> Any:
    many.append(a)
    return many


@pytest.mark.parametrize("said", [_in_model, _renamed, _needed_below, _filled], ids=lambda one: one.__name__)
async def test_what_is_no_plain_parameter_is_left_to_fastapi(said: Any, surfaces: FastAPI) -> None:
    async def contract(_units: Annotated[Units, public()], answer: Annotated[Any, Depends(said)]) -> Any:
        return answer

    name = said.__name__.replace("_", "-")
    router = Router("parameters")
    router.get(f"/api/probe{name}", operation_id=f"probe{said.__name__}", summary="Say what was sent")(contract)
    router.add_to(surfaces)
    surfaces.get(f"/plain{name}")(said)
    read: dict[str, Any] = {"_in_model": {"status": "PAID"}, "_renamed": {"a": "1"}, "_needed_below": {"b": "2"}}
    for query in ({}, {}, read.get(said.__name__, {"a": "1", "many": "3"})):
        ours, plain = [
            await send(surfaces, "GET", f"{path}{name}", params=query, address="198.18.4.2")
            for path in ("/api/probe", "/plain")
        ]
        assert ours.status_code == plain.status_code
        if plain.status_code == 200:
            assert ours.json() == plain.json()


def _request(query: str) -> Request:
    return Request({"type": "http", "query_string": query.encode()})


def test_a_combination_has_one_handler_and_all_of_them_are_not_without_end(both: FastAPI) -> None:
    """Names that the route does not have make no combination of their own."""
    route = next(one for one in both.routes if isinstance(one, APIRoute) and one.path == "/plain")
    made: list[Dependant] = []

    def build(dependant: Dependant) -> Any:
        made.append(dependant)
        return dependant

    parameters = SentParameters(route.path, route.dependant, build)
    handler = parameters.handler(_request("a=1&unknown=2"))
    assert parameters.handler(_request("must=3&a=4&other=5")) is handler
    assert [[field.alias for field in one.query_params] for one in made[1:]] == [["must", "a"]]

    for names in (names for count in range(len(SENT) + 1) for names in combinations(SENT, count)):
        parameters.handler(_request("&".join(f"{name}=1" for name in names)))
    assert len(made) == COMBINATIONS_MAX + 1
    whole: Any = made[0]
    assert parameters.handler(_request("a=1&b=1&since=1&from=1&deep=1&many=1")) is whole
