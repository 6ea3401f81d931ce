"""An operation ends when its person cancels it or may not go on; what is done stays done, and is counted."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text

from capecontrol.core.bulk.kind import BulkKinds
from capecontrol.core.bulk.turn import BulkTurn
from capecontrol.core.ports import Ports
from capecontrol.features.system.bulk import REVIVE
from tests.client import Client
from tests.features.bulk_operations.builders import place_dead_letters, revivals, shown, start
from tests.features.bulk_operations.conftest import Kind
from tests.kept_ports import kept
from tests.moving_clock import MovingClock
from tests.outbox_drain import Drain
from tests.people import PASSWORD, Person
from tests.security.world import World


async def test_what_is_cancelled_before_it_began_does_nothing(world: World, drain: Drain) -> None:
    operation = await start(world.operator, ids=await place_dead_letters(world, 3))
    answer = await world.operator.client.post(f"/api/bulk-operations/{operation['id']}/cancel")
    assert (answer.status_code, answer.json()["state"]) == (200, "CANCELLED")
    await drain()
    assert await revivals(world) == []
    assert await world.count("bulk_selections") == 0
    again = await world.operator.client.post(f"/api/bulk-operations/{operation['id']}/cancel")
    assert (again.status_code, again.json()["type"]) == (409, "bulk-operations/already-ended")


async def test_cancelling_ends_it_after_the_turn_under_way(world: World, drain: Drain, reviving: Kind) -> None:
    letters, count = await place_dead_letters(world, 5), 0
    operation = await start(world.operator, ids=letters)

    async def cancel_at_the_third(turn: BulkTurn) -> None:
        nonlocal count
        count += 1
        await REVIVE.act(turn)
        if count == 3:
            await world.post(f"/api/bulk-operations/{operation['id']}/cancel")

    with reviving(cancel_at_the_third):
        await drain()
    ended = await shown(world.operator, operation)
    assert (ended["state"], ended["succeeded"], ended["failed"]) == ("CANCELLED", 3, 0)
    assert await revivals(world) == sorted(letters[:3])
    (event,) = (await world.operator.client.get("/api/audit", params={"action": "bulk_operation.cancelled"})).json()[
        "items"
    ]
    assert (event["metadata"]["total"], event["metadata"]["succeeded"]) == (5, 3)
    assert (await start(world.operator, ids=letters[3:]))["state"] == "QUEUED"


async def test_what_was_cancelled_before_an_act_began_is_not_done(world: World, drain: Drain, reviving: Kind) -> None:
    letters = await place_dead_letters(world, 2)
    operation = await start(world.operator, ids=letters)

    async def cancel_first(turn: BulkTurn) -> None:
        await world.post(f"/api/bulk-operations/{operation['id']}/cancel")
        await REVIVE.act(turn)

    with reviving(cancel_first):
        await drain()
    ended = await shown(world.operator, operation)
    assert (ended["state"], ended["succeeded"], ended["failed"]) == ("CANCELLED", 0, 0)
    assert await revivals(world) == []


async def test_cancelling_and_ending_at_once_leave_one_end_that_says_what_was_done(world: World, drain: Drain) -> None:
    for _ in range(5):
        letters = await place_dead_letters(world, 3)
        before = len(await revivals(world))
        operation = await start(world.operator, ids=letters)
        _, answer = await asyncio.gather(
            drain(), world.operator.client.post(f"/api/bulk-operations/{operation['id']}/cancel")
        )
        ended = await shown(world.operator, operation)
        assert ended["state"] == ("CANCELLED" if answer.status_code == 200 else "DONE")
        assert len(await revivals(world)) - before == ended["succeeded"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("update users set role = 'AUDITOR' where id = :id", "PERMISSION_LOST"),
        ("update users set status = 'DISABLED' where id = :id", "ACCOUNT_INACTIVE"),
    ],
)
async def test_who_may_not_go_on_stops_it_at_the_next_turn(
    change: str, reason: str, world: World, drain: Drain, reviving: Kind
) -> None:
    letters, person = await place_dead_letters(world, 4), await world.people.operator()
    operation, count = await start(person, ids=letters), 0

    async def demote_at_the_second(turn: BulkTurn) -> None:
        nonlocal count
        count += 1
        await REVIVE.act(turn)
        if count == 2:
            await world.sql(change, id=person.id)

    with reviving(demote_at_the_second):
        await drain()
    assert await revivals(world) == sorted(letters[:2])
    await world.sql("update users set role = 'OPERATOR', status = 'ACTIVE' where id = :id", id=person.id)
    ended = await shown(person, operation)
    assert (ended["state"], ended["stop_reason"], ended["succeeded"]) == ("FAILED", reason, 2)
    (event,) = (await world.operator.client.get("/api/audit", params={"action": "bulk_operation.stopped"})).json()[
        "items"
    ]
    assert (event["actor_type"], event["metadata"]["reason"]) == ("SYSTEM", reason)


@pytest.mark.parametrize(("everywhere", "done", "state"), [(True, 2, "FAILED"), (False, 4, "DONE")])
async def test_signing_out_everywhere_stops_it_and_signing_out_here_does_not(
    everywhere: bool, done: int, state: str, world: World, drain: Drain, reviving: Kind
) -> None:
    """Somebody who ends all sessions may do so because a stranger has one of them."""
    letters, person = await place_dead_letters(world, 4), await world.people.operator()
    operation, count = await start(person, ids=letters), 0

    async def leave_at_the_second(turn: BulkTurn) -> None:
        nonlocal count
        count += 1
        await REVIVE.act(turn)
        if count == 2:
            assert (await person.client.post("/api/auth/logout", {"all_devices": everywhere})).status_code == 200

    with reviving(leave_at_the_second):
        await drain()
    assert len(await revivals(world)) == done
    again = await _signed_in_again(world, person)
    ended = (await again.get(f"/api/bulk-operations/{operation['id']}")).json()
    assert (ended["state"], ended["stop_reason"]) == (state, "SIGNED_OUT" if everywhere else None)


async def test_what_was_started_after_signing_out_everywhere_goes_on(world: World, drain: Drain) -> None:
    person = await world.people.operator()
    await person.client.post("/api/auth/logout", {"all_devices": True})
    again = await _signed_in_again(world, person)
    answer = await again.post(
        "/api/bulk-operations", {"kind": "dead_letters.revive", "ids": await place_dead_letters(world, 1)}
    )
    await drain()
    assert (await again.get(f"/api/bulk-operations/{answer.json()['id']}")).json()["state"] == "DONE"


async def test_a_kind_that_this_release_lacks_waits_for_one_that_has_it(
    world: World, drain: Drain, ports: Ports
) -> None:
    letters = await place_dead_letters(world, 2)
    operation = await start(world.operator, ids=letters)

    with kept(ports, BulkKinds):
        ports.provide(BulkKinds, BulkKinds([]))
        await drain()
        await drain.slot("bulk_operations.stop_orphans")

    assert await _errors_of_parts(world) == ["ConsumerUnknown"]
    assert (await shown(world.operator, operation))["state"] == "QUEUED"
    await drain.make_due()
    await drain()
    assert (await shown(world.operator, operation))["state"] == "DONE"
    assert await revivals(world) == sorted(letters)


@pytest.mark.parametrize(
    ("state", "done", "loss"),
    [
        ("QUEUED", 0, "update outbox set dead_at = now() where consumer = 'bulk_operations.do_part'"),
        ("RUNNING", 1, "update outbox set done_at = now() where consumer = 'bulk_operations.do_part'"),
    ],
)
async def test_one_whose_message_is_dead_ends_and_says_why_and_the_next_may_begin(
    state: str, done: int, loss: str, world: World, drain: Drain
) -> None:
    letters = await place_dead_letters(world, 2)
    operation = await start(world.operator, ids=letters)
    await world.sql(loss)
    await world.sql("update bulk_operations set state = :state, succeeded = :done", state=state, done=done)

    await drain.slot("bulk_operations.stop_orphans")

    ended = await shown(world.operator, operation)
    assert (ended["state"], ended["stop_reason"]) == ("FAILED", "INTERNAL_ERROR")
    assert ended["finished_at"] is not None
    assert await world.count("bulk_selections") == 0
    (event,) = (await world.operator.client.get("/api/audit", params={"action": "bulk_operation.stopped"})).json()[
        "items"
    ]
    assert (event["actor_type"], event["metadata"]["reason"]) == ("SYSTEM", "INTERNAL_ERROR")
    assert event["metadata"]["succeeded"] == done
    again = await start(world.operator, ids=letters)
    # Somebody revives the message: nobody goes on with what has ended, and the other one is done.
    await world.sql("update outbox set dead_at = null where consumer = 'bulk_operations.do_part'")
    await drain()
    assert (await shown(world.operator, operation))["state"] == "FAILED"
    assert (await shown(world.operator, again))["state"] == "DONE"


async def test_one_that_is_carried_on_or_has_ended_is_left_alone(world: World, drain: Drain) -> None:
    """Also while it is tried again: a message that failed is not given up."""
    letters = await place_dead_letters(world, 2)
    ended = await start(world.operator, ids=letters[:1])
    await drain()
    operation = await start(world.operator, ids=letters[1:])
    await world.sql(
        "update outbox set available_at = now() + interval '1 hour', last_error = 'OSError' where done_at is null "
        "and consumer = 'bulk_operations.do_part'"
    )

    await drain.slot("bulk_operations.stop_orphans")

    assert [(await shown(world.operator, one))["state"] for one in (ended, operation)] == ["DONE", "QUEUED"]


async def test_a_month_after_its_end_it_is_forgotten(world: World, drain: Drain, clock: MovingClock) -> None:
    ended = await start(world.operator, ids=await place_dead_letters(world, 1))
    await drain()
    for days, expected in ((29, 200), (2, 404)):
        clock.advance(timedelta(days=days))
        await drain.slot("bulk_operations.forget_old_operations")
        colleague = await world.people.operator()
        await world.sql("update bulk_operations set person_id = :id", id=colleague.id)
        assert (await colleague.client.get(f"/api/bulk-operations/{ended['id']}")).status_code == expected


async def _errors_of_parts(world: World) -> list[str | None]:
    async with world.unit() as work:
        rows = await work.session.execute(
            text("select last_error from outbox where consumer = 'bulk_operations.do_part' and done_at is null")
        )
        return list(rows.scalars())


async def _signed_in_again(world: World, person: Person) -> Client:
    answer = await world.people.stranger().post("/api/auth/login", {"email": person.email, "password": PASSWORD})
    return Client(world.people.app, answer.json()["access_token"])
