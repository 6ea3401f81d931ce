"""An operator sees what runs, what waits and what was given up, and sets it going again."""

from datetime import UTC, datetime
from typing import Any

import pytest
from redis.asyncio import Redis
from sqlalchemy import text

from capecontrol.core.actor import Actor
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.outbox.schedule import Schedule
from capecontrol.core.processes import Places, ProcessKind, ProcessReport
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.main.features import event_registry
from capecontrol.main.heartbeat import PROCESSES, REMEMBERED_SECONDS, report_key
from capecontrol.main.release import COMPATIBLE_REVISIONS, VERSION
from tests.features.system.builders import place_dead_letter, place_retried_message
from tests.outbox_drain import Drain
from tests.people import People, Person

OPEN = """
insert into outbox (id, topic, consumer, lane, payload, created_at, available_at)
values (gen_random_uuid(), 'tests.placed.v1', 'tests.wait', :lane, '{}', now(), now() - make_interval(secs => :age))
"""


@pytest.fixture
async def operator(people: People) -> Person:
    """Somebody who may look, with nobody's reports in Redis."""
    await people.ports.get(Redis).delete(PROCESSES)
    return await people.operator()


async def shown(operator: Person) -> dict[str, Any]:
    answer = await operator.client.get("/api/system")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def execute(factory: UnitOfWorkFactory, statement: str, **values: object) -> None:
    async with factory.unit(Actor.system("tests"), PlatformScope("tests")) as work:
        await work.session.execute(text(statement), values)


async def test_tells_the_release_and_the_schema(operator: Person) -> None:
    system = await shown(operator)
    assert (system["version"], system["environment"]) == (VERSION, "test")
    assert system["db_schema"] == {
        "revision": COMPATIBLE_REVISIONS[1],
        "oldest_supported": COMPATIBLE_REVISIONS[0],
        "newest_supported": COMPATIBLE_REVISIONS[1],
    }


async def test_tells_which_key_of_each_ring_is_used(operator: Person, factory: UnitOfWorkFactory) -> None:
    def at(ring: str, system: dict[str, Any]) -> dict[str, Any]:
        (found,) = [one for one in system["key_rings"] if one["ring"] == ring]
        return dict(found)

    first = await shown(operator)
    assert [one["ring"] for one in first["key_rings"]] == ["tokens", "csrf", "pepper", "sealing"]
    assert at("csrf", first) == {"ring": "csrf", "key_id": None, "used_from": None, "next_used_from": None}
    key = (
        "insert into secret_keys (id, ring, sealed, sealed_by, used_from, retired_at) values "
        "(:id, 'csrf', :sealed, :sealed, now() + make_interval(secs => :used_in), "
        "case when cast(:sealed as text) is null then now() end)"
    )
    await execute(factory, key, id="older", used_in=-200, sealed="x")
    await execute(factory, key, id="used", used_in=-100, sealed="x")
    await execute(factory, key, id="retired", used_in=-50, sealed=None)
    await execute(factory, key, id="coming", used_in=100, sealed="x")
    csrf = at("csrf", await shown(operator))
    assert csrf["key_id"] == "used"
    assert csrf["used_from"] < csrf["next_used_from"]


async def test_tells_how_deep_and_how_late_each_lane_is(operator: Person, factory: UnitOfWorkFactory) -> None:
    await execute(factory, OPEN, lane="engine", age=90)
    await execute(factory, OPEN, lane="engine", age=-90)
    await execute(factory, OPEN, lane="of a later release", age=5)
    lanes = {lane["lane"]: lane for lane in (await shown(operator))["lanes"]}
    assert lanes.keys() == {"money", "mail", "engine", "jobs", "bulk", "default", "of a later release"}
    assert (lanes["engine"]["open"], lanes["engine"]["due"], lanes["engine"]["under_way"]) == (2, 1, 0)
    assert 90 <= lanes["engine"]["oldest_due_seconds"] < 120
    assert (lanes["money"]["open"], lanes["money"]["oldest_due_seconds"], lanes["money"]["queued"]) == (0, 0, 0)
    assert lanes["of a later release"]["due"] == 1


async def test_tells_what_fails_and_is_tried_again(operator: Person, factory: UnitOfWorkFactory) -> None:
    """Between two attempts it is neither due nor late, for up to a day."""
    await execute(factory, OPEN, lane="mail", age=-1800)
    await execute(factory, OPEN, lane="mail", age=-60)
    failed = "update outbox set attempts = 2, last_error = 'MailUnavailable', created_at = now() - interval '1 hour'"
    await execute(factory, f"{failed} where available_at > now() + interval '10 minutes'")
    await place_dead_letter(factory)
    (mail,) = [lane for lane in (await shown(operator))["lanes"] if lane["lane"] == "mail"]
    assert (mail["open"], mail["due"], mail["failing"]) == (2, 0, 1)
    assert 3600 <= mail["oldest_failing_seconds"] < 3700


async def test_what_a_killed_worker_held_is_late(operator: Person, factory: UnitOfWorkFactory) -> None:
    """Nobody clears its lease: it runs out."""
    held = "update outbox set lease_until = now() + make_interval(secs => :left) where lane = :lane"
    for lane, left in (("mail", -5), ("engine", 5)):
        await execute(factory, OPEN, lane=lane, age=90)
        await execute(factory, held, lane=lane, left=left)
    lanes = {lane["lane"]: lane for lane in (await shown(operator))["lanes"]}
    assert (lanes["mail"]["under_way"], lanes["engine"]["under_way"]) == (0, 1)
    assert lanes["mail"]["oldest_due_seconds"] >= 90
    assert lanes["engine"]["oldest_due_seconds"] == 0


async def test_tells_who_lives_and_adds_up_the_places_of_those(operator: Person, people: People) -> None:
    redis = people.ports.get(Redis)
    for name, silent in (("one", 1), ("two", 1), ("gone", 60)):
        report = ProcessReport(
            id=name, kind=ProcessKind.WORKER, host="tests", pid=1, version=VERSION, commit="abc",
            started_at=datetime(2026, 11, 21, tzinfo=UTC), places={"money": Places(busy=1, total=4)},
        )  # fmt: skip
        await redis.set(report_key(name), report.model_dump_json(), ex=REMEMBERED_SECONDS - silent)
        await redis.zadd(PROCESSES, {name: 1})
    await redis.set(report_key("stranger"), '{"of": "a later release"}', ex=60)
    await redis.zadd(PROCESSES, {"stranger": 1})
    system = await shown(operator)
    assert {process["id"]: process["is_alive"] for process in system["processes"]} == {
        "one": True, "two": True, "gone": False,
    }  # fmt: skip
    (money,) = [lane for lane in system["lanes"] if lane["lane"] == "money"]
    assert money["places"] == {"busy": 2, "total": 8}


async def test_tells_which_jobs_keep_their_times(operator: Person, factory: UnitOfWorkFactory, drain: Drain) -> None:
    name = "core.forget_old_slots"
    await Schedule(factory, event_registry()).tick()
    (waiting,) = [job for job in (await shown(operator))["schedule"] if job["name"] == name]
    assert (waiting["last_success_at"], waiting["is_late"], waiting["waiting"]) == (None, False, 1)
    assert waiting["last_slot_at"] < waiting["next_at"]

    await drain()
    (done,) = [job for job in (await shown(operator))["schedule"] if job["name"] == name]
    assert (done["last_success_at"] is not None, done["is_late"], done["waiting"]) == (True, False, 0)

    ran = "update outbox set done_at = now() - make_interval(mins => :minutes) where consumer = :name"
    await execute(factory, ran, name=name, minutes=2 * 60 + 1)
    assert not any(job["is_late"] for job in (await shown(operator))["schedule"])
    await execute(factory, ran, name=name, minutes=2 * 60 + 3)
    schedule = (await shown(operator))["schedule"]
    assert [job["name"] for job in schedule if job["is_late"]] == [name]
    assert schedule[0]["name"] == name  # what is late comes first


async def test_lists_dead_letters_with_reason_and_organization(
    operator: Person, people: People, factory: UnitOfWorkFactory
) -> None:
    org_id = await people.organization("Harbour Logistics")
    of_client = await place_dead_letter(factory, org_id)
    of_platform = await place_dead_letter(factory, consumer="tests.other")
    assert (await shown(operator))["dead_letters"] == 2
    page = (await operator.client.get("/api/system/dead-letters")).json()
    assert [letter["id"] for letter in page["items"]] == [of_platform, of_client]
    letter = page["items"][1]
    assert letter["organization"] == {"id": str(org_id), "name": "Harbour Logistics"}
    assert (letter["reason"], letter["attempts"], letter["lane"]) == ("MailRefused", 12, "mail")
    assert "payload" not in letter
    narrowed = await operator.client.get("/api/system/dead-letters", params={"consumer": "tests.other"})
    assert [letter["id"] for letter in narrowed.json()["items"]] == [of_platform]


async def test_a_letter_is_revived_once_and_the_audit_keeps_by_whom(
    operator: Person, people: People, factory: UnitOfWorkFactory
) -> None:
    org_id = await people.organization()
    letter = await place_dead_letter(factory, org_id)
    revived = await operator.client.post(f"/api/system/dead-letters/{letter}/revive")
    assert (revived.status_code, revived.json()) == (200, {"revived": 1})
    again = await operator.client.post(f"/api/system/dead-letters/{letter}/revive")
    assert (again.status_code, again.json()["type"]) == (409, "system/message-not-dead")
    assert (await shown(operator))["dead_letters"] == 0
    events = (await operator.client.get("/api/audit", params={"action": "outbox."})).json()["items"]
    assert [(event["actor_id"], event["resource_id"], event["org_id"]) for event in events] == [
        (str(operator.id), letter, str(org_id))
    ]


async def test_tells_which_messages_are_retried_why_and_when(
    operator: Person, people: People, factory: UnitOfWorkFactory
) -> None:
    org_id = await people.organization("Harbour Logistics")
    message = await place_retried_message(factory, org_id)
    await place_dead_letter(factory, org_id)
    await execute(factory, OPEN, lane="engine", age=90)
    system = await shown(operator)
    (told,) = system["retried"]
    assert told["organization"] == {"id": str(org_id), "name": "Harbour Logistics"}
    assert (told["id"], told["consumer"], told["reason"], told["attempts"]) == (
        message, "workflows.remove", "EngineUnauthorized", 5,
    )  # fmt: skip
    assert told["created_at"] < system["as_of"] < told["next_try_at"]


async def test_the_oldest_of_many_retried_messages_are_shown(operator: Person, factory: UnitOfWorkFactory) -> None:
    placed = [await place_retried_message(factory) for _ in range(21)]
    older = "update outbox set created_at = now() - interval '1 day' where id = :id"
    await execute(factory, older, id=placed[20])
    system = await shown(operator)
    assert [one["id"] for one in system["retried"]] == [placed[20], *placed[:19]]
    assert sum(lane["failing"] for lane in system["lanes"]) == 21


async def test_a_failed_message_is_tried_at_once_and_the_audit_keeps_by_whom(
    operator: Person, people: People, factory: UnitOfWorkFactory
) -> None:
    org_id = await people.organization()
    message = await place_retried_message(factory, org_id)
    hastened = await operator.client.post(f"/api/system/messages/{message}/hasten")
    assert (hastened.status_code, hastened.json()) == (200, {"id": message})
    (told,) = (await shown(operator))["retried"]
    assert (told["id"], told["attempts"], told["next_try_at"] <= (await shown(operator))["as_of"]) == (message, 5, True)
    again = await operator.client.post(f"/api/system/messages/{message}/hasten")
    assert (again.status_code, again.json()["type"]) == (409, "system/message-not-waiting")
    events = (await operator.client.get("/api/audit", params={"action": "outbox."})).json()["items"]
    assert [(event["action"], event["actor_id"], event["resource_id"], event["org_id"]) for event in events] == [
        ("outbox.message_hastened", str(operator.id), message, str(org_id))
    ]


@pytest.mark.parametrize(
    "state",
    [
        "update outbox set lease_until = now() + interval '10 seconds'",
        "update outbox set done_at = now()",
        "update outbox set dead_at = now()",
        "update outbox set last_error = null",
    ],
)
async def test_only_what_waits_for_its_next_try_is_hastened(
    operator: Person, factory: UnitOfWorkFactory, state: str
) -> None:
    message = await place_retried_message(factory)
    await execute(factory, f"{state} where id = :id", id=message)
    refused = await operator.client.post(f"/api/system/messages/{message}/hasten")
    assert (refused.status_code, refused.json()["type"]) == (409, "system/message-not-waiting")
    async with factory.unit(Actor.system("tests"), PlatformScope("tests")) as work:
        waits = "select available_at > now() + interval '20 minutes' from outbox where id = :id"
        assert (await work.session.execute(text(waits), {"id": message})).scalar_one()


async def test_dead_letters_need_an_operator(operator: Person, factory: UnitOfWorkFactory) -> None:
    async def needs() -> list[tuple[str, str]]:
        found = (await operator.client.get("/api/dashboard")).json()["needs_you"]
        return [(need["title"], need["link"]) for need in found]

    assert await needs() == []
    await place_dead_letter(factory)
    assert await needs() == [("1 message wasn’t delivered", "/admin/system")]
    await place_dead_letter(factory)
    assert await needs() == [("2 messages weren’t delivered", "/admin/system")]


async def test_only_dead_letters_that_somebody_has_seen_are_deleted_and_late(
    operator: Person, factory: UnitOfWorkFactory, drain: Drain
) -> None:
    seen, revived, unseen = [await place_dead_letter(factory, consumer=name) for name in ("a.b", "a.b", "c.d")]
    for _ in range(2):
        shown = await operator.client.get("/api/system/dead-letters", params={"consumer": "a.b"})
        assert {item["id"] for item in shown.json()["items"]} == {seen, revived}
    await operator.client.post(f"/api/system/dead-letters/{revived}/revive")
    await execute(factory, "update outbox set dead_at = now() - interval '2 years' where dead_at is not null")
    # Dead once more, and nobody has seen that.
    await execute(factory, "update outbox set dead_at = now() - interval '2 years' where id = :id", id=revived)

    async def left() -> set[str]:
        async with factory.unit(Actor.system("tests"), PlatformScope("tests")) as work:
            rows = await work.session.execute(text("select id from outbox where dead_at is not null"))
            return {str(row.id) for row in rows}

    await execute(factory, "update outbox set seen_at = seen_at - interval '90 days' + interval '1 minute'")
    await drain.slot("core.forget_dead_letters")
    assert await left() == {seen, revived, unseen}
    await execute(factory, "update outbox set seen_at = seen_at - interval '2 minutes'")
    await drain.slot("core.forget_dead_letters")
    assert await left() == {revived, unseen}


async def test_a_dead_letter_about_money_stays_until_it_is_tried_again(
    operator: Person, factory: UnitOfWorkFactory, drain: Drain
) -> None:
    """To have seen that a payment was not settled settles nothing."""
    money, mail = [await place_dead_letter(factory) for _ in range(2)]
    await execute(factory, "update outbox set lane = 'money' where id = :id", id=money)
    await operator.client.get("/api/system/dead-letters")
    await execute(
        factory, "update outbox set seen_at = seen_at - interval '2 years' where id in (:a, :b)", a=money, b=mail
    )
    await drain.slot("core.forget_dead_letters")
    left = (await operator.client.get("/api/system/dead-letters")).json()["items"]
    assert [item["id"] for item in left] == [money]
