"""A message has its effect once, whatever happens to those who deliver it; and nothing secret is kept of failures."""

import asyncio
import logging
import uuid
from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import pytest

from capecontrol.core.crypto import SealBroken
from capecontrol.core.db.scope import OrganizationScope
from capecontrol.core.outbox.dead_letter import DeadLetter
from capecontrol.core.outbox.delivery import Delivery, GiveUp, LeaseLost
from capecontrol.core.outbox.runner import ABANDONED_ATTEMPTS, BACKOFF_SECONDS, Lease
from tests.stage import Handler, OrderLost, OrderPlaced, Stage, add_effect, count_effect


async def fail(_event: OrderPlaced, _delivery: Delivery) -> None:
    raise ConnectionError("smtp://user:hunter2@mail.example refused the secret token-4711")


async def give_up(_event: OrderPlaced, _delivery: Delivery) -> None:
    raise GiveUp("the address does not exist")


async def lose_key(_event: OrderPlaced, _delivery: Delivery) -> None:
    raise SealBroken("sealed value cannot be opened")


@pytest.fixture
async def others() -> AsyncIterator[list[Stage]]:
    """Further stages, closed at the end."""
    stages: list[Stage] = []
    yield stages
    for other in stages:
        await other.factory.database.close()


def with_handler(
    stage: Stage,
    others: list[Stage],
    handle: Handler,
    lease: Lease | None = None,
    on_dead: Callable[[OrderPlaced, DeadLetter], OrderLost] | None = None,
) -> Stage:
    """Return another process on the same database whose consumer behaves differently."""
    other = Stage(stage.url, handlers={"tests.count": handle}, lease=lease or Lease(), on_dead=on_dead)
    others.append(other)
    return other


async def test_an_effect_happens_once_however_often_the_message_is_handed_over(stage: Stage) -> None:
    orders = [await stage.place() for _ in range(5)]
    ids = await stage.messages() * 6
    completed = await asyncio.gather(*(stage.runner.run(identifier) for identifier in ids))
    assert sum(completed) == 5
    assert sorted(await stage.effects()) == sorted(orders)


async def test_a_message_of_a_newer_release_is_delivered_without_what_is_new_in_it(stage: Stage) -> None:
    order = await stage.place()
    await stage.query("""update outbox set payload = payload || '{"added_later": 1}'""")
    (message,) = await stage.messages()
    assert await stage.runner.run(message) is True
    assert await stage.effects() == [order]


async def test_the_death_of_a_message_of_a_newer_release_is_announced(stage: Stage, others: list[Stage]) -> None:
    other = with_handler(stage, others, give_up, on_dead=announce_loss)
    order = await other.place()
    await other.query("""update outbox set payload = payload || '{"added_later": 1}'""")
    (message,) = await other.messages()
    await other.runner.run(message)
    assert await losses(stage) == [{"order": str(order), "message_id": str(message), "was_given_up": True}]


async def test_a_rolled_back_unit_announces_nothing(stage: Stage) -> None:
    with pytest.raises(RuntimeError):
        await stage.place(fails=True)
    assert await stage.messages() == []


async def test_a_lost_lease_rolls_the_effect_back(stage: Stage, others: list[Stage]) -> None:
    held, go_on = asyncio.Event(), asyncio.Event()

    async def be_slow(event: OrderPlaced, delivery: Delivery) -> None:
        held.set()
        await go_on.wait()
        await count_effect(event, delivery)

    order = await stage.place()
    (message,) = await stage.messages()
    slow = with_handler(stage, others, be_slow, Lease(renew_seconds=60))
    first = asyncio.create_task(slow.runner.run(message))
    await held.wait()
    await stage.pass_time()  # as if its process had been frozen for longer than the lease
    assert await stage.runner.run(message) is True
    go_on.set()
    assert await first is False
    assert await stage.effects() == [order]


async def test_a_frozen_attempt_cannot_complete_what_another_is_working_on(stage: Stage, others: list[Stage]) -> None:
    held, go_on = [asyncio.Event(), asyncio.Event()], [asyncio.Event(), asyncio.Event()]

    async def be_slow(event: OrderPlaced, delivery: Delivery) -> None:
        held[delivery.attempt - 1].set()
        await go_on[delivery.attempt - 1].wait()
        await count_effect(event, delivery)

    order = await stage.place()
    (message,) = await stage.messages()
    slow = with_handler(stage, others, be_slow, Lease(renew_seconds=60))
    first = asyncio.create_task(slow.runner.run(message))
    await held[0].wait()
    await stage.pass_time()
    second = asyncio.create_task(slow.runner.run(message))
    await held[1].wait()
    go_on[0].set()
    assert await first is False
    assert await stage.effects() == []
    go_on[1].set()
    assert await second is True
    assert await stage.effects() == [order]


async def test_an_attempt_ends_when_it_notices_that_its_lease_is_lost(stage: Stage, others: list[Stage]) -> None:
    held = asyncio.Event()

    async def never_end(_event: OrderPlaced, _delivery: Delivery) -> None:
        held.set()
        await asyncio.Event().wait()

    await stage.place()
    (message,) = await stage.messages()
    frozen = with_handler(stage, others, never_end, Lease(renew_seconds=0.2))
    first = asyncio.create_task(frozen.runner.run(message))
    await held.wait()
    await stage.pass_time()
    assert await stage.runner.run(message) is True
    assert await asyncio.wait_for(first, 60) is False
    assert (await stage.rows())[0]["last_error"] is None


async def test_a_slow_attempt_keeps_its_lease(stage: Stage, others: list[Stage]) -> None:
    async def is_renewed() -> bool:
        (row,) = await stage.query("select lease_until > now() + interval '1 hour' as is_renewed from outbox")
        return bool(row["is_renewed"])

    async def outlive_the_lease(event: OrderPlaced, delivery: Delivery) -> None:
        for _ in range(3):
            await stage.query("update outbox set lease_until = now() + interval '5 minutes'")  # nearly used up
            while not await is_renewed():
                assert await stage.runner.run(delivery.message_id) is False  # another worker tries all the while
        await count_effect(event, delivery)

    order = await stage.place()
    (message,) = await stage.messages()
    renewing = Lease(length=timedelta(hours=2), renew_seconds=0.05)
    assert await with_handler(stage, others, outlive_the_lease, renewing).runner.run(message) is True
    assert await stage.effects() == [order]


async def test_an_attempt_that_is_cancelled_gives_the_message_back_at_once(stage: Stage, others: list[Stage]) -> None:
    held = asyncio.Event()

    async def never_end(_event: OrderPlaced, _delivery: Delivery) -> None:
        held.set()
        await asyncio.Event().wait()

    await stage.place()
    (message,) = await stage.messages()
    attempt = asyncio.create_task(with_handler(stage, others, never_end).runner.run(message))
    await held.wait()
    attempt.cancel()
    with pytest.raises(asyncio.CancelledError):
        await attempt
    assert (await stage.rows())[0]["attempts"] == 0
    assert await stage.runner.run(message) is True


async def test_an_attempt_without_end_is_ended(stage: Stage, others: list[Stage]) -> None:
    async def never_end(_event: OrderPlaced, _delivery: Delivery) -> None:
        await asyncio.Event().wait()

    await stage.place()
    (message,) = await stage.messages()
    bounded = with_handler(stage, others, never_end, Lease(attempt_seconds=0.2))
    assert await bounded.runner.run(message) is False
    assert (await stage.rows())[0]["last_error"] == "TimeoutError"


async def test_a_failure_is_retried_later_and_later_and_then_dead(stage: Stage, others: list[Stage]) -> None:
    failing = with_handler(stage, others, fail)
    await stage.place()
    (message,) = await stage.messages()
    for seconds in BACKOFF_SECONDS:
        assert await failing.runner.run(message) is False
        (row,) = await stage.query(
            "select dead_at, lease_until, extract(epoch from available_at - now())::float8 as wait from outbox"
        )
        assert row["dead_at"] is None
        assert row["lease_until"] is None
        assert 0.75 * seconds - 1 < float(str(row["wait"])) < 1.25 * seconds
        assert await failing.runner.run(message) is False  # not due: not even counted
        await stage.pass_time()
    assert await failing.runner.run(message) is False
    (row,) = await stage.rows()
    assert row["dead_at"] is not None
    assert row["attempts"] == len(BACKOFF_SECONDS) + 1
    await stage.pass_time()
    assert await stage.runner.run(message) is False


async def test_a_failure_keeps_its_kind_and_not_its_words(
    stage: Stage, others: list[Stage], caplog: pytest.LogCaptureFixture
) -> None:
    await stage.place()
    (message,) = await stage.messages()
    with caplog.at_level(logging.DEBUG):
        await with_handler(stage, others, fail).runner.run(message)
    (row,) = await stage.rows()
    assert row["last_error"] == "ConnectionError"
    for secret in ("hunter2", "token-4711"):
        assert secret not in str(row)
        assert secret not in caplog.text


async def test_what_cannot_succeed_is_dead_at_once(stage: Stage, others: list[Stage]) -> None:
    await stage.place()
    (message,) = await stage.messages()
    assert await with_handler(stage, others, give_up).runner.run(message) is False
    (row,) = await stage.rows()
    assert row["dead_at"] is not None
    assert row["last_error"] == "the address does not exist"


async def test_a_message_that_one_worker_cannot_open_is_delivered_by_another(stage: Stage, others: list[Stage]) -> None:
    order = await stage.place()
    (message,) = await stage.messages()
    without_key = with_handler(stage, others, lose_key)
    for _ in range(len(BACKOFF_SECONDS)):
        assert await without_key.runner.run(message) is False
        (row,) = await stage.rows()
        assert (row["dead_at"], row["last_error"]) == (None, "SealBroken")
        await stage.pass_time()
    assert await stage.runner.run(message) is True
    assert await stage.effects() == [order]


async def test_a_message_that_kills_its_workers_is_put_aside(stage: Stage) -> None:
    await stage.place()
    (message,) = await stage.messages()
    await stage.query("update outbox set attempts = :attempts", attempts=ABANDONED_ATTEMPTS)
    assert await stage.runner.run(message) is False
    (row,) = await stage.rows()
    assert row["dead_at"] is not None
    assert row["last_error"] == "Abandoned"
    assert await stage.effects() == []


async def test_a_message_of_an_unknown_consumer_waits_for_a_release_that_knows_it(
    stage: Stage, others: list[Stage]
) -> None:
    older = Stage(stage.url, handlers={"tests.other": count_effect})
    others.append(older)
    order = await stage.place()
    (message,) = await stage.messages()
    assert await older.runner.run(message) is False
    (row,) = await stage.rows()
    assert (row["dead_at"], row["last_error"]) == (None, "ConsumerUnknown")
    await stage.pass_time()
    assert await stage.runner.run(message) is True
    assert await stage.effects() == [order]


async def test_what_went_outward_is_not_repeated_because_the_database_was_away(
    stage: Stage, others: list[Stage]
) -> None:
    sent: list[uuid.UUID] = []
    away = asyncio.Event()

    async def send(event: OrderPlaced, _delivery: Delivery) -> None:
        sent.append(event.order)
        await stage.own("alter table outbox rename to outbox_away")
        away.set()

    async def bring_back() -> None:
        await asyncio.sleep(0.5)
        await stage.own("alter table outbox_away rename to outbox")

    order = await stage.place()
    (message,) = await stage.messages()
    attempt = asyncio.create_task(with_handler(stage, others, send).runner.run(message))
    await away.wait()
    await bring_back()
    assert await attempt is True
    assert sent == [order]


async def test_effects_after_the_completion_do_not_survive_a_failure(stage: Stage, others: list[Stage]) -> None:
    async def fail_late(event: OrderPlaced, delivery: Delivery) -> None:
        async with delivery.completing() as work:
            await add_effect(work, event.order)
            raise ConnectionError

    await stage.place()
    (message,) = await stage.messages()
    assert await with_handler(stage, others, fail_late).runner.run(message) is False
    assert await stage.effects() == []
    (row,) = await stage.rows()
    assert row["done_at"] is None


async def test_a_phase_commits_and_leaves_the_message_open(stage: Stage, others: list[Stage]) -> None:
    async def in_two_phases(event: OrderPlaced, delivery: Delivery) -> None:
        async with delivery.phase() as work:
            await add_effect(work, event.order)
        if delivery.attempt == 1:
            raise ConnectionError

    await stage.place()
    (message,) = await stage.messages()
    phased = with_handler(stage, others, in_two_phases)
    assert await phased.runner.run(message) is False
    await stage.pass_time()
    assert await phased.runner.run(message) is True
    assert len(await stage.effects()) == 2


async def test_a_message_is_not_completed_from_a_scope_that_cannot_see_it(stage: Stage) -> None:
    await stage.place()
    (message,) = await stage.messages()
    delivery = Delivery(
        factory=stage.factory, ports=stage.runner._ports, message_id=message, lease_token=uuid.uuid4(),
        consumer="tests.count", org_id=None, attempt=1,
    )  # fmt: skip
    with pytest.raises(ValueError, match="own scope"):
        async with delivery.completing(OrganizationScope(uuid.uuid4())):
            pass
    with pytest.raises(LeaseLost):
        async with delivery.completing():
            pass


def announce_loss(event: OrderPlaced, letter: DeadLetter) -> OrderLost:
    return OrderLost(order=event.order, message_id=letter.message_id, was_given_up=letter.was_given_up)


def fail_to_announce(_event: OrderPlaced, _letter: DeadLetter) -> OrderLost:
    raise LookupError("what was ordered is gone")


async def losses(stage: Stage) -> list[dict[str, object]]:
    rows = await stage.query("select payload from outbox where topic = :topic", topic=OrderLost.topic)
    return [dict(row["payload"]) for row in rows if isinstance(row["payload"], dict)]


async def test_what_is_given_up_is_announced_with_its_death(stage: Stage, others: list[Stage]) -> None:
    other = with_handler(stage, others, give_up, on_dead=announce_loss)
    order = await other.place()
    (message,) = await other.messages()

    await other.runner.run(message)

    assert await losses(stage) == [{"order": str(order), "message_id": str(message), "was_given_up": True}]


async def test_what_failed_is_announced_after_its_last_attempt(stage: Stage, others: list[Stage]) -> None:
    other = with_handler(stage, others, fail, on_dead=announce_loss)
    order = await other.place()
    (message,) = await other.messages()
    for _ in BACKOFF_SECONDS:
        await other.runner.run(message)
        await other.pass_time()
    assert await losses(stage) == []

    await other.runner.run(message)

    assert await losses(stage) == [{"order": str(order), "message_id": str(message), "was_given_up": False}]


async def test_a_message_is_dead_also_where_its_death_cannot_be_announced(stage: Stage, others: list[Stage]) -> None:
    other = with_handler(stage, others, give_up, on_dead=fail_to_announce)
    await other.place()
    (message,) = await other.messages()

    await other.runner.run(message)

    (row,) = await other.rows()
    assert row["dead_at"] is not None
    assert row["last_error"] == "the address does not exist"


async def test_who_lost_the_lease_announces_no_death(stage: Stage, others: list[Stage]) -> None:
    held, go_on = asyncio.Event(), asyncio.Event()

    async def give_up_late(_event: OrderPlaced, _delivery: Delivery) -> None:
        held.set()
        await go_on.wait()
        raise GiveUp("the address does not exist")

    order = await stage.place()
    (message,) = await stage.messages()
    slow = with_handler(stage, others, give_up_late, Lease(renew_seconds=60), on_dead=announce_loss)
    late = asyncio.create_task(slow.runner.run(message))
    await held.wait()
    await stage.pass_time()
    assert await stage.runner.run(message) is True
    go_on.set()
    await late

    assert await losses(stage) == []
    assert await stage.effects() == [order]


async def test_what_is_announced_when_done_is_announced_once(stage: Stage, others: list[Stage]) -> None:
    async def announce(event: OrderPlaced, delivery: Delivery) -> None:
        delivery.announce_when_done(OrderLost(order=event.order, message_id=delivery.message_id, was_given_up=False))
        if delivery.attempt == 1:
            raise ConnectionError

    other = with_handler(stage, others, announce)
    await other.place()
    (message,) = await other.messages()
    await other.runner.run(message)
    assert await losses(stage) == []
    await other.pass_time()

    assert await other.runner.run(message) is True

    assert len(await losses(stage)) == 1
