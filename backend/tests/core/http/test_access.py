"""What a route's signature asks for is there, or the request fails: nobody acts without a unit, or as nobody."""

from collections.abc import AsyncIterator, Callable
from typing import Annotated

import pytest
from fastapi import Depends, FastAPI
from httpx import Response

from capecontrol.core.http import ResponseBody, Router, public, requires
from capecontrol.core.http.access import confirmation
from capecontrol.core.ports import Ports
from capecontrol.core.work import UnitOfWork, UnitOfWorkFactory, Units
from capecontrol.features.projects.permissions import PROJECTS_READ
from capecontrol.main.settings import Settings
from tests.client import Client
from tests.core.http.conftest import probed_app
from tests.people import People


class Done(ResponseBody):
    is_done: bool = True


careless = Router("careless")


async def read_ungated(_work: Annotated[UnitOfWork, requires(PROJECTS_READ)]) -> Done:
    return Done()


@careless.post("/api/careless", operation_id="confirm_nobody", summary="Ask nobody known for the password")
async def confirm_nobody(
    _units: Annotated[Units, public(csrf=False)], confirm: Annotated[Callable[[], None], Depends(confirmation)]
) -> Done:
    confirm()
    return Done()


@pytest.fixture
async def app_of_careless(settings: Settings, factory: UnitOfWorkFactory, ports: Ports) -> AsyncIterator[FastAPI]:
    """An application with routes that were declared wrongly."""
    async with probed_app(settings, factory, ports) as app:
        careless.add_to(app)
        app.get("/api/ungated")(read_ungated)
        yield app


def _reason(answer: Response, caplog: pytest.LogCaptureFixture) -> str:
    """Return why a request failed, which is told to nobody but the log."""
    said = [record.msg for record in caplog.records if isinstance(record.msg, dict)]
    [failure] = [one for one in said if one["event"] == "request.failed"]
    assert answer.status_code == 500, answer.text
    assert "LookupError" not in answer.text
    return str(failure["exception"]).splitlines()[-1]


async def test_a_route_past_the_gate_gets_no_unit(
    app_of_careless: FastAPI, people: People, caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing has looked at the caller, however good the token is that they show."""
    operator = await people.operator()
    answer = await Client(app_of_careless, operator.client.token).get("/api/ungated")
    assert _reason(answer, caplog) == "LookupError: a unit of work was asked for before there was a caller"


async def test_nobody_known_is_asked_for_no_password(
    app_of_careless: FastAPI, people: People, caplog: pytest.LogCaptureFixture
) -> None:
    """The question goes on record under who was asked, and there is nobody to confirm."""
    del people
    answer = await Client(app_of_careless).post("/api/careless", csrf=False)
    assert _reason(answer, caplog) == "LookupError: nobody was refused"
