"""The bounds of a query, wherever it is sent: reading all that fits into a head took 50 to 110 ms."""

import pytest
from fastapi import FastAPI

from capecontrol.core.http.query_bounds import LENGTH_MAX, PARAMETERS_MAX
from tests.client import Client


@pytest.mark.parametrize("path", ["/api/health", "/api/auth/csrf", "/api/projects", "/api/nowhere", "/sign-in"])
@pytest.mark.parametrize("query", ["a&" * 31_000, "a=" + "b" * 60_000], ids=["many", "long"])
async def test_a_query_that_would_take_long_to_read_is_refused_at_once(path: str, query: str, app: FastAPI) -> None:
    answer = await Client(app).get(f"{path}?{query}")
    assert (answer.status_code, answer.json()["type"]) == (400, "request/malformed")
    assert len(answer.content) < 1000


async def test_a_query_within_its_bounds_is_read(app: FastAPI) -> None:
    client = Client(app)
    for parameters, status in ((PARAMETERS_MAX, 200), (PARAMETERS_MAX + 1, 400)):
        query = "&".join(f"utm_{number}=" for number in range(parameters))
        assert (await client.get(f"/docs?{query}")).status_code == status
    for length, status in ((LENGTH_MAX, 200), (LENGTH_MAX + 1, 400)):
        assert (await client.get("/docs?a=" + "b" * (length - 2))).status_code == status
