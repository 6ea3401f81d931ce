"""Logs say who acts and for whom, by ids; secrets never reach them, at whatever depth somebody passes them."""

import logging
import uuid
from typing import Any

import pytest
from sqlalchemy import text

from capecontrol.core.actor import Actor, ActorType, Key
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.outbox.registry import EventRegistry
from capecontrol.core.outbox.runner import Runner
from capecontrol.core.ports import Ports
from capecontrol.core.telemetry import caller_context, redact
from capecontrol.core.work import UnitOfWorkFactory
from tests.features.system.builders import place_dead_letter
from tests.people import People

SECRET = "hunter2-and-more"


@pytest.mark.parametrize(
    "event",
    [
        {"password": SECRET},
        {"new_password": SECRET},
        {"Authorization": f"Bearer {SECRET}"},
        {"refresh_token": SECRET},
        {"api_key": SECRET},
        {"apiKey": SECRET},
        {"X-Signature": SECRET},
        {"cookie": SECRET},
        {"headers": {"Set-Cookie": SECRET}},
        {"bodies": [{"client_secret": SECRET}, ({"token": SECRET},)]},
        {"credentials": [SECRET]},
    ],
)
def test_values_of_telling_keys_are_redacted(event: dict[str, object]) -> None:
    assert SECRET not in str(redact(None, "info", dict(event)))


def test_everything_else_stays() -> None:
    event = {"event": "request.served", "route": "/api/projects", "status": 200, "parts": [1, {"a": "b"}]}
    assert redact(None, "info", dict(event)) == event


def lines(caplog: pytest.LogCaptureFixture, event: str) -> list[dict[str, Any]]:
    found = [record.msg for record in caplog.records if isinstance(record.msg, dict)]
    return [line for line in found if line["event"] == event]


async def test_a_requests_line_says_who_called_and_from_which_organization(
    people: People, caplog: pytest.LogCaptureFixture
) -> None:
    owner = await people.owner()
    operator = await people.operator()
    caplog.set_level(logging.INFO, logger="http")
    await owner.client.get("/api/projects", headers={"X-Request-ID": "of-the-owner"})
    await operator.client.get("/api/projects")
    await people.stranger().get("/api/auth/csrf")
    of_owner, of_operator, of_stranger = lines(caplog, "request.served")
    assert (of_owner["request_id"], of_owner["actor"], of_owner["org_id"]) == (
        "of-the-owner", f"USER:{owner.id}", str(owner.org_id),
    )  # fmt: skip
    assert (of_operator["actor"], "org_id" in of_operator) == (f"OPERATOR:{operator.id}", False)
    assert "actor" not in of_stranger
    assert owner.email not in str(of_owner)


async def test_a_refused_request_says_who_was_refused(people: People, caplog: pytest.LogCaptureFixture) -> None:
    owner = await people.owner()
    caplog.set_level(logging.INFO, logger="http")
    assert (await owner.client.get("/api/audit")).status_code == 403
    (line,) = lines(caplog, "request.served")
    assert (line["status"], line["actor"]) == (403, f"USER:{owner.id}")


async def test_a_deliverys_lines_say_for_whom_and_which_request_caused_it(
    people: People, factory: UnitOfWorkFactory, caplog: pytest.LogCaptureFixture
) -> None:
    org_id = await people.organization()
    message = await place_dead_letter(factory, org_id, consumer="tests.unknown")
    async with factory.unit(Actor.system("tests"), PlatformScope("tests")) as work:
        await work.session.execute(text("update outbox set dead_at = null, attempts = 0, request_id = 'of-the-cause'"))
    caplog.set_level(logging.INFO, logger="outbox")
    assert await Runner(factory, EventRegistry(), Ports()).run(uuid.UUID(message)) is False
    (line,) = lines(caplog, "message.failed")
    assert (line["request_id"], line["actor"], line["org_id"]) == (
        "of-the-cause", "SYSTEM:tests.unknown", str(org_id),
    )  # fmt: skip


def test_a_key_is_told_by_its_public_id_and_its_only_organization() -> None:
    org_id = uuid.uuid4()
    actor = Actor(ActorType.APP, key=Key("ck_public", uuid.uuid4(), frozenset({org_id})))
    assert caller_context(actor) == {"actor": "APP:ck_public", "org_id": str(org_id)}
    assert caller_context(Actor.anonymous()) == {"actor": "ANONYMOUS"}
