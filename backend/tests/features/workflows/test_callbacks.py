"""Signed callbacks: what is taken, what is refused, and that doing it twice is the same as once."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from capecontrol.core.db.scope import OrganizationScope, PlatformScope
from capecontrol.features.workflows.actions.receive_callback import EXTERNAL_MAX, EXTERNAL_WITHIN
from capecontrol.features.workflows.lifecycle import ExecutionStatus
from capecontrol.features.workflows.schemas.callbacks import Callback
from tests.asked_statements import asked_statements
from tests.features.workflows.conftest import N8N_KEY, Automation, workflow_file
from tests.inbound_bodies import body_of
from tests.moving_clock import MovingClock
from tests.people import SYSTEM

NOBODY = "0193a1b0-0000-7000-8000-000000000000"


class Engine:
    """Signs as the deployed workflow does."""

    def __init__(self, automation: Automation, clock: MovingClock, workflow_id: str, secret: str) -> None:
        self.automation = automation
        self.clock = clock
        self.workflow_id = workflow_id
        self.secret = secret

    async def call(
        self,
        body: dict[str, Any] | bytes,
        *,
        age: timedelta = timedelta(),
        secret: str | None = None,
        headers: Mapping[str, str | bytes] | None = None,
        workflow_id: str | None = None,
    ) -> httpx.Response:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        timestamp = str(int((self.clock.now() - age).timestamp()))
        digest = hmac.new((secret or self.secret).encode(), timestamp.encode() + b"." + raw, hashlib.sha256)
        signed = {"X-Timestamp": timestamp, "X-Signature": f"sha256={digest.hexdigest()}"}
        return await self.automation.people.stranger().post(
            f"/api/webhooks/n8n/{workflow_id or self.workflow_id}",
            content=raw,
            headers={"Content-Type": "application/json", **signed, **(headers or {})},
            csrf=False,
        )

    async def tell_engine_id(self, run_id: str, engine_execution_id: str) -> None:
        """Let the engine have answered the trigger with its own id of the run."""
        async with self.automation.people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
            told = text("update executions set engine_execution_id = :theirs where id = :ours")
            await work.session.execute(told, {"theirs": engine_execution_id, "ours": run_id})


def end(execution_id: str = "900", **more: Any) -> dict[str, Any]:
    return {
        "execution_id": execution_id,
        "status": "SUCCESS",
        "started_at": "2026-11-21T01:00:00Z",
        "finished_at": "2026-11-21T01:00:05Z",
        "error_message": None,
        **more,
    }


@pytest.fixture
async def engine(automation: Automation, clock: MovingClock) -> Engine:
    """A deployed workflow, and its secret as the engine has it."""
    workflow_id = await automation.deployed(workflow_file("lab-async"))
    engine_id = (await automation.workflow(workflow_id))["engine_workflow_id"]
    async with httpx.AsyncClient(trust_env=False, headers={"X-N8N-API-KEY": N8N_KEY}) as http:
        found = (await http.get(f"{automation.servers.n8n}/api/v1/workflows/{engine_id}")).json()
    (secret,) = [node["parameters"]["secret"] for node in found["nodes"] if "secret" in node["parameters"]]
    return Engine(automation, clock, workflow_id, secret)


async def test_taken_once(engine: Engine) -> None:
    first, second = await engine.call(end()), await engine.call(end())
    assert (first.status_code, first.json()["is_duplicate"]) == (200, False)
    assert (second.status_code, second.json()["is_duplicate"]) == (200, True)
    (run,) = await engine.automation.executions(engine.workflow_id)
    assert run["id"] == first.json()["execution_id"] == second.json()["execution_id"]
    assert (run["status"], run["started_at"], run["finished_at"]) == (
        "SUCCESS",
        "2026-11-21T01:00:00Z",
        "2026-11-21T01:00:05Z",
    )
    assert await finished_events(engine) == 1
    assert await inbox(engine) == [(f"{engine.workflow_id}/{run['id']}/SUCCESS", json.dumps(end()).encode())]


async def test_more_than_a_callback_can_be_is_413_and_kept_nowhere(engine: Engine) -> None:
    """Spaces are JSON, too: a signed one of two megabytes would be kept for ninety days."""
    longest = json.dumps(end(error_message="\U0001f40c" * 4000)).encode()
    assert (await engine.call(longest)).status_code == 200
    answers = [await engine.call(json.dumps(end("901")).encode().ljust(size)) for size in (64 * 1024, 64 * 1024 + 1)]
    assert [answer.status_code for answer in answers] == [200, 413]
    assert [len(body) <= 64 * 1024 for _, body in await inbox(engine)] == [True, True]


async def test_an_order_of_two_is_one_run(engine: Engine) -> None:
    """The report that it began comes after its end."""
    ended = await engine.call(end())
    late = await engine.call({"execution_id": "900", "status": "RUNNING"})
    assert late.json() == {"execution_id": ended.json()["execution_id"], "is_duplicate": True}
    assert [run["status"] for run in await engine.automation.executions(engine.workflow_id)] == ["SUCCESS"]


async def test_twenty_at_once_are_one(engine: Engine) -> None:
    answers = await asyncio.gather(*(engine.call(end()) for _ in range(20)))
    assert {answer.status_code for answer in answers} == {200}
    assert sorted(answer.json()["is_duplicate"] for answer in answers) == [False] + [True] * 19
    assert len(await engine.automation.executions(engine.workflow_id)) == 1
    assert await finished_events(engine) == 1
    assert len(await inbox(engine)) == 1


async def test_a_run_may_report_before_it_ends(engine: Engine) -> None:
    began = await engine.call({"execution_id": "950", "status": "RUNNING"})
    assert (began.status_code, began.json()["is_duplicate"]) == (200, False)
    again = await engine.call({"execution_id": "950", "status": "RUNNING"})
    assert again.json() == {"execution_id": began.json()["execution_id"], "is_duplicate": True}
    assert [run["status"] for run in await engine.automation.executions(engine.workflow_id)] == ["RUNNING"]
    ended = await engine.call(end("950"))
    assert ended.json() == {"execution_id": began.json()["execution_id"], "is_duplicate": False}


async def test_the_first_end_stays(engine: Engine) -> None:
    await engine.call(end(status="ERROR", error_message="The CRM said no"))
    late = await engine.call(end())
    assert late.json()["is_duplicate"] is True
    (run,) = await engine.automation.executions(engine.workflow_id)
    assert (run["status"], run["error_message"]) == ("ERROR", "The CRM said no")
    automation = engine.automation
    (mine,) = await automation.executions(engine.workflow_id, automation.owner)
    assert (mine["status"], mine["error_message"]) == ("ERROR", None), "the reason is the staff's"
    files = {}
    for person in (automation.operator, automation.owner):
        files[person] = (await person.client.get(f"/api/workflows/{engine.workflow_id}/executions/export.csv")).text
        assert "ERROR" in files[person]
    assert "The CRM said no" in files[automation.operator]
    assert "The CRM said no" not in files[automation.owner]
    assert "error_message" not in files[automation.owner]


async def test_it_finds_the_run_that_we_started(engine: Engine) -> None:
    """The callback may be faster than the engine's answer to the trigger: it names our id."""
    made = await engine.automation.operator.client.post(f"/api/workflows/{engine.workflow_id}/trigger")
    run_id = made.json()["execution_id"]
    answer = await engine.call(end("901", run_id=run_id))
    assert answer.json() == {"execution_id": run_id, "is_duplicate": False}
    await engine.automation.drain()
    (run,) = await engine.automation.executions(engine.workflow_id)
    assert (run["id"], run["status"], run["engine_execution_id"]) == (run_id, "SUCCESS", "901")


async def test_an_engine_that_counts_anew_ends_the_run_that_it_names(engine: Engine) -> None:
    """A server set up again gives the number of an old run to a new one; it never tells it twice."""
    await engine.call(end("903"))
    made = await engine.automation.operator.client.post(f"/api/workflows/{engine.workflow_id}/trigger")
    run_id = made.json()["execution_id"]
    answer = await engine.call(end("903", run_id=run_id))
    assert answer.json() == {"execution_id": run_id, "is_duplicate": False}
    runs = {run["id"]: run["status"] for run in await engine.automation.executions(engine.workflow_id)}
    assert runs[run_id] == "SUCCESS"


async def test_a_second_run_of_the_engine_does_not_end_ours(engine: Engine) -> None:
    """Somebody starts the workflow again at the engine, with the body that carried our id."""
    made = await engine.automation.operator.client.post(f"/api/workflows/{engine.workflow_id}/trigger")
    run_id = made.json()["execution_id"]
    begun = await engine.call({**end("910", run_id=run_id), "status": "RUNNING", "finished_at": None})
    await engine.tell_engine_id(run_id, "910")
    second = await engine.call(end("911", run_id=run_id))

    assert begun.json()["execution_id"] == run_id
    assert second.json()["execution_id"] != run_id
    runs = {run["id"]: run["status"] for run in await engine.automation.executions(engine.workflow_id)}
    assert runs[run_id] == "RUNNING"


async def test_the_first_report_of_a_run_keeps_the_engine_s_id_of_it(engine: Engine) -> None:
    made = await engine.automation.operator.client.post(f"/api/workflows/{engine.workflow_id}/trigger")
    run_id = made.json()["execution_id"]
    begun = await engine.call({"execution_id": "920", "status": "RUNNING", "run_id": run_id})
    other = await engine.call(end("921", run_id=run_id))
    assert begun.json()["execution_id"] == run_id
    assert other.json()["execution_id"] != run_id
    runs = {run["id"]: run for run in await engine.automation.executions(engine.workflow_id)}
    assert (runs[run_id]["engine_execution_id"], runs[run_id]["status"]) == ("920", "RUNNING")


async def test_what_tells_nothing_new_leaves_no_trace(engine: Engine) -> None:
    """Whoever has a workflow's secret, or a workflow that loops, can't fill the inbox or the audit log with one run."""
    made = await engine.automation.operator.client.post(f"/api/workflows/{engine.workflow_id}/trigger")
    run_id = made.json()["execution_id"]
    # The engine's number is another run's: ours never gets one.
    await engine.call(end("930"))
    told = {"run_id": run_id, "error_message": "\U0001f40c" * 4000}
    ended = end("930", **told)
    first = [await engine.call({**ended, "status": "RUNNING"}), await engine.call(ended)]
    before = await traces(engine)
    later = [
        await engine.call({**ended, "execution_id": number, "status": status})
        for number in ("930", *(f"r{place}" for place in range(20)))
        for status in ("RUNNING", "SUCCESS", "ERROR")
    ]
    assert [answer.json() for answer in first] == [{"execution_id": run_id, "is_duplicate": False}] * 2
    assert {(answer.status_code, answer.json()["is_duplicate"]) for answer in later} == {(200, True)}
    assert {answer.json()["execution_id"] for answer in later} == {run_id}
    assert await traces(engine) == before


async def test_that_a_run_began_is_kept_once_whatever_it_is_called(engine: Engine) -> None:
    made = await engine.automation.operator.client.post(f"/api/workflows/{engine.workflow_id}/trigger")
    await engine.call(end("930"))
    begun = {"status": "RUNNING", "run_id": made.json()["execution_id"]}
    answers = [await engine.call({**begun, "execution_id": number}) for number in ("930", "930", *"abcdef")]
    assert [answer.json()["is_duplicate"] for answer in answers] == [False] + [True] * 7
    assert len(await inbox(engine)) == 2


async def test_a_run_of_another_workflow_is_not_touched(engine: Engine) -> None:
    other = await engine.automation.deployed(
        workflow_file("lab-async"), environment=await engine.automation.environment("Second")
    )
    made = await engine.automation.operator.client.post(f"/api/workflows/{other}/trigger")
    answer = await engine.call(end("902", run_id=made.json()["execution_id"]))
    assert answer.json()["execution_id"] != made.json()["execution_id"]
    assert (await engine.automation.executions(other))[0]["status"] == "RUNNING"


async def test_a_run_id_that_is_none_of_ours_is_ignored(engine: Engine) -> None:
    answer = await engine.call(end("903", run_id="run-1"))
    assert (answer.status_code, answer.json()["is_duplicate"]) == (200, False)


@pytest.mark.parametrize("seconds", [-299, 0, 280])
async def test_fresh_timestamps_hold(engine: Engine, seconds: int) -> None:
    assert (await engine.call(end(), age=timedelta(seconds=seconds))).status_code == 200


@pytest.mark.parametrize("seconds", [-302, 302, 86400])
async def test_stale_and_future_timestamps_do_not(engine: Engine, seconds: int) -> None:
    assert (await engine.call(end(), age=timedelta(seconds=seconds))).status_code == 401
    assert await engine.automation.executions(engine.workflow_id) == []
    assert await inbox(engine) == []


SIGNATURES = {
    "none": {"X-Signature": ""},
    "of another kind": {"X-Signature": "sha1=" + "0" * 40},
    "without its kind": {"X-Signature": "0" * 64},
    "not hexadecimal": {"X-Signature": "sha256=" + "é" * 64},
    "zeros": {"X-Signature": "sha256=" + "0" * 64},
    "no timestamp": {"X-Timestamp": ""},
    "a timestamp that is none": {"X-Timestamp": "yesterday"},
    "a huge timestamp": {"X-Timestamp": "9" * 30},
    "the last timestamp that is read": {"X-Timestamp": "9" * 11},
    "the year 1": {"X-Timestamp": "-62135596800"},
    "other digits": {"X-Timestamp": "١٢٣"},
}


@pytest.mark.parametrize("headers", SIGNATURES.values(), ids=SIGNATURES)
async def test_headers_that_do_not_hold(engine: Engine, headers: dict[str, str]) -> None:
    refused = await engine.call(end(), headers={name: value.encode() for name, value in headers.items()})
    assert (refused.status_code, refused.json()["type"]) == (401, "workflows/callback-refused")


async def test_one_bit_is_enough(engine: Engine) -> None:
    raw = json.dumps(end()).encode()
    timestamp = str(int(engine.clock.now().timestamp()))
    good = hmac.new(engine.secret.encode(), timestamp.encode() + b"." + raw, hashlib.sha256).hexdigest()
    off = good[:-1] + format(int(good[-1], 16) ^ 1, "x")
    headers = {"X-Timestamp": timestamp, "X-Signature": f"sha256={off}"}
    assert (await engine.call(raw, headers=headers)).status_code == 401
    changed = raw.replace(b"SUCCESS", b"SUCCESs")
    headers = {"X-Timestamp": timestamp, "X-Signature": f"sha256={good}"}
    assert (await engine.call(changed, headers=headers)).status_code == 401
    assert (await engine.call(raw, headers=headers)).status_code == 200


async def test_an_unknown_workflow_looks_like_a_wrong_signature(engine: Engine) -> None:
    unknown, wrong = await engine.call(end(), workflow_id=NOBODY), await engine.call(end(), secret="wrong")
    assert unknown.status_code == wrong.status_code == 401
    told = [{k: v for k, v in answer.json().items() if k != "instance"} for answer in (unknown, wrong)]
    assert told[0] == told[1]
    assert (await engine.call(end(), workflow_id="not-an-id")).status_code == 404


async def test_an_unknown_workflow_takes_the_same_work_as_a_wrong_signature(engine: Engine) -> None:
    """So that the time does not tell which workflows there are."""
    with asked_statements(engine.automation.people.factory) as asked:
        assert (await engine.call(end(), secret="wrong")).status_code == 401
        wrong = [*asked.texts]
        asked.clear()
        assert (await engine.call(end(), workflow_id=NOBODY)).status_code == 401
        assert asked.texts == wrong
    assert any("workflow_instances" in one for one in wrong)


@pytest.mark.parametrize(
    ("body", "status", "pointer"),
    [
        (b"{", 400, None),
        (b"\xff", 400, None),
        (b"[]", 422, "/"),
        (b"{}", 422, "/execution_id"),
        (json.dumps(end(status="DONE")).encode(), 422, "/status"),
        (json.dumps(end(more="x")).encode(), 422, "/more"),
        (json.dumps(end(finished_at="soon")).encode(), 422, "/finished_at"),
        (json.dumps(end(finished_at="2026-11-21T01:00:00")).encode(), 422, "/finished_at"),
        (json.dumps(end(started_at="0001-01-01T00:00:00+14:00")).encode(), 422, "/started_at"),
        (json.dumps(end(started_at="0001-01-01T00:00:00Z")).encode(), 422, "/started_at"),
        (json.dumps(end(finished_at="9999-12-31T23:59:59-14:00")).encode(), 422, "/finished_at"),
        (json.dumps(end(started_at="9999-12-31T23:59:59Z")).encode(), 422, "/started_at"),
        (json.dumps(end(finished_at=-(10**11))).encode(), 422, "/finished_at"),
        (json.dumps(end(finished_at=10**18)).encode(), 422, "/finished_at"),
        (b'{"execution_id": "1", "status": "SUCCESS", "started_at": NaN}', 400, None),
        (b"[" * 100 + b"]" * 100, 400, None),
        (json.dumps(end(**{"a~b/c": 1})).encode(), 422, "/a~0b~1c"),
        (json.dumps(end("x" * 101)).encode(), 422, "/execution_id"),
        (json.dumps(end(error_message="a\x00b")).encode(), 422, "/error_message"),
        (json.dumps(end(error_message="\ud800")).encode(), 422, "/error_message"),
    ],
)
async def test_signed_nonsense(engine: Engine, body: bytes, status: int, pointer: str | None) -> None:
    refused = await engine.call(body)
    assert refused.status_code == status, refused.text
    if pointer is not None:
        assert pointer in [error["pointer"] for error in refused.json()["errors"]]
    assert await engine.automation.executions(engine.workflow_id) == []
    assert await inbox(engine) == []


async def test_it_is_refused_in_the_words_of_any_other_body(engine: Engine) -> None:
    refused = await engine.call({"status": "SUCCESS", "more": 1})
    assert refused.json()["errors"] == [
        {"pointer": "/execution_id", "detail": "This field is required."},
        {"pointer": "/more", "detail": "This field isn't supported here."},
    ]


async def test_the_reference_shows_the_body_that_is_read(engine: Engine) -> None:
    document = engine.automation.people.app.openapi()
    shown = document["paths"]["/api/webhooks/n8n/{workflow_id}"]["post"]
    schema = shown["requestBody"]["content"]["application/json"]["schema"]
    assert set(schema["properties"]) == set(Callback.model_fields)
    assert schema["properties"]["status"]["enum"] == [str(status) for status in ExecutionStatus]
    assert "$ref" not in json.dumps(schema)
    assert [one["name"] for one in shown["parameters"]] == ["workflow_id", "X-Timestamp", "X-Signature"]


async def test_a_client_reads_no_callback_of_another_organization(engine: Engine) -> None:
    await engine.call(end())
    mine, others = engine.automation.owner.org_id, (await engine.automation.people.owner("Somebody Else")).org_id
    assert mine is not None
    assert others is not None
    seen = []
    for org_id in (mine, others):
        async with engine.automation.people.factory.unit(SYSTEM, OrganizationScope(org_id)) as work:
            seen.append((await work.session.execute(text("select count(*) from inbound_events"))).scalar_one())
    assert seen == [1, 0]


async def test_words_in_any_case_and_numbers_as_ids(engine: Engine) -> None:
    answer = await engine.call({"execution_id": 77, "status": "success"})
    assert answer.status_code == 200
    (run,) = await engine.automation.executions(engine.workflow_id)
    assert (run["engine_execution_id"], run["status"]) == ("77", "SUCCESS")


async def test_an_end_before_the_start_and_one_in_the_future_are_set_right(engine: Engine) -> None:
    await engine.call(end("1", started_at="2026-11-21T01:00:00Z", finished_at="2020-01-01T00:00:00Z"))
    await engine.call(end("2", started_at="2026-11-21T01:00:00Z", finished_at="2099-01-01T00:00:00Z"))
    for run in await engine.automation.executions(engine.workflow_id):
        assert run["started_at"] <= run["finished_at"] < "2027"


async def test_the_secret_stays_inside(engine: Engine) -> None:
    answer = await engine.automation.operator.client.get(f"/api/workflows/{engine.workflow_id}")
    async with engine.automation.people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        rows = (await work.session.execute(text("select w::text from workflow_instances w"))).scalars()
        audit = (await work.session.execute(text("select string_agg(a::text, ' ') from audit_events a"))).scalar_one()
        outbox = (await work.session.execute(text("select string_agg(o::text, ' ') from outbox o"))).scalar_one()
    assert engine.secret not in answer.text + "".join(rows) + audit + outbox


async def inbox(engine: Engine) -> list[tuple[str, bytes]]:
    """What was taken in of the engine: all of it applied, in the workflow's organization."""
    async with engine.automation.people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        statement = text("select * from inbound_events where provider = 'n8n' order by id")
        rows = (await work.session.execute(statement)).mappings().all()
    assert {row["org_id"] for row in rows} <= {engine.automation.owner.org_id}
    assert all(row["handled_at"] is not None for row in rows)
    return [(row["external_id"], body_of(row, engine.automation.people.factory.keyring) or b"") for row in rows]


async def traces(engine: Engine) -> dict[str, int]:
    """How many rows there are of all that a callback writes."""
    statement = text(
        "select (select count(*) from executions) as executions, (select count(*) from inbound_events) as inbox,"
        " (select count(*) from audit_events) as audit, (select count(*) from activity_entries) as activity,"
        " (select count(*) from changes) as changes, (select count(*) from outbox) as outbox"
    )
    async with engine.automation.people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        return dict((await work.session.execute(statement)).mappings().one())


async def finished_events(engine: Engine) -> int:
    async with engine.automation.people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        # A callback that is signed is told by n8n, not by somebody who did not sign in.
        statement = text(
            "select count(*) from audit_events where action = 'execution.finished'"
            " and (actor_type, actor_label) = ('SYSTEM', 'n8n')"
        )
        return int((await work.session.execute(statement)).scalar_one())


async def test_a_workflow_that_reports_without_end_is_told_to_wait(engine: Engine, clock: MovingClock) -> None:
    """Runs that we started are taken, whatever others did."""
    run = (await engine.automation.operator.client.post(f"/api/workflows/{engine.workflow_id}/trigger", {})).json()
    async with engine.automation.people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        added = text(
            "insert into executions (id, org_id, workflow_id, engine_execution_id, status, trigger, started_at,"
            " created_at, updated_at) select gen_random_uuid(), w.org_id, w.id, 'storm-' || n, 'SUCCESS', 'EXTERNAL',"
            " :now, :now, :now from workflow_instances w, generate_series(1, :number) n"
        )
        await work.session.execute(added, {"now": clock.now(), "number": EXTERNAL_MAX})
    refused = await engine.call(end("last-straw"))
    assert (refused.status_code, refused.json()["type"]) == (429, "workflows/too-many-runs")
    assert int(refused.headers["Retry-After"]) > 0
    assert await inbox(engine) == []
    assert (await engine.call(end("storm-1"))).status_code == 200
    assert (await engine.call(end("ours", run_id=run["execution_id"]))).status_code == 200
    clock.advance(EXTERNAL_WITHIN)
    assert (await engine.call(end("last-straw"))).status_code == 200
