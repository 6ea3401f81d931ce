"""What every answer carries, whatever it says: a problem's shape, the request's id, the security headers."""

import uuid

import pytest
from fastapi import FastAPI
from httpx import Response

from tests.client import Client
from tests.features.projects.builders import build_project
from tests.security.world import World

HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "strict-origin-when-cross-origin",
    "permissions-policy": "geolocation=(), camera=(), microphone=(), payment=(self)",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
}


async def _answer(status: str, world: World) -> Response:
    client = world.operator.client
    match status:
        case "200":
            return await client.get("/api/health")
        case "400":
            return await client.post("/api/projects", content=b"{", headers={"Content-Type": "application/json"})
        case "401":
            return await world.people.stranger().get("/api/auth/me")
        case "403":
            return await client.post("/api/projects", {}, csrf=False)
        case "404":
            return await client.get(f"/api/projects/{uuid.uuid4()}")
        case "404 no route":
            return await client.get("/api/nothing-here")
        case "405":
            return await client.delete("/api/projects")
        case "409":
            return await client.post(f"/api/projects/{await build_project(world)}/status", {"status": "COMPLETED"})
        case "413":
            return await client.post(
                "/api/projects", content=b"x" * 3_000_000, headers={"Content-Type": "application/json"}
            )
        case "415":
            return await client.post("/api/projects", content=b"a", headers={"Content-Type": "text/plain"})
        case _:
            return await client.post("/api/projects", {"org_id": str(world.own), "title": ""})


STATUSES = ("200", "400", "401", "403", "404", "404 no route", "405", "409", "413", "415", "422")


@pytest.mark.parametrize("status", STATUSES)
async def test_every_status_carries_the_headers(status: str, world: World) -> None:
    answer = await _answer(status, world)
    assert answer.status_code == int(status[:3]), answer.text
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert "server" not in answer.headers
    assert "x-powered-by" not in answer.headers


@pytest.mark.parametrize("status", STATUSES[1:])
async def test_every_refusal_is_a_problem_document(status: str, world: World) -> None:
    answer = await _answer(status, world)
    body = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert {"type", "title", "status", "detail", "instance"} <= set(body)
    assert set(body) <= {"type", "title", "status", "detail", "instance", "errors", "allowed"}
    assert body["status"] == answer.status_code == int(status[:3])
    assert body["instance"] == answer.headers["x-request-id"]
    assert body["type"].replace("/", "-").replace("-", "").isalpha()


async def test_a_refused_member_is_pointed_to(world: World) -> None:
    answer = await world.operator.client.post("/api/projects", {"org_id": "x", "title": 7, "surprise": 1})
    assert {one["pointer"] for one in answer.json()["errors"]} == {"/org_id", "/title", "/surprise"}


@pytest.mark.parametrize("sent", ["0199f3a0-aaaa-7bbb-8ccc-ddddeeeeffff", "abc.DEF_123-", "a" * 64])
async def test_a_well_formed_request_id_is_kept(sent: str, world: World) -> None:
    answer = await world.operator.client.get("/api/health", headers={"X-Request-ID": sent})
    assert answer.headers["x-request-id"] == sent


@pytest.mark.parametrize("sent", ["", "short", "a" * 65, "has space", "semi;colon", 'quote"quote', "line\tbreak"])
async def test_another_request_id_is_replaced(sent: str, world: World) -> None:
    answer = await world.operator.client.get("/api/health", headers={"X-Request-ID": sent})
    assert answer.headers["x-request-id"] != sent
    assert uuid.UUID(answer.headers["x-request-id"]).version == 7


async def test_a_page_may_run_its_own_scripts_and_nothing_inline(app: FastAPI) -> None:
    answer = await Client(app).get("/api/docs")
    policy = answer.headers["content-security-policy"]
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
