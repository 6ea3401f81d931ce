"""Keys are forgotten after a day, by the database's clock."""

import uuid
from datetime import timedelta

from capecontrol.core.ports import Ports
from capecontrol.main.features import event_registry
from tests.core.http.attempts import LEASE, Attempts
from tests.moving_clock import MovingClock
from tests.outbox_drain import Drain
from tests.security.world import World


async def test_a_worker_whose_clock_is_ahead_forgets_no_young_key(
    world: World, clock: MovingClock, ports: Ports
) -> None:
    """A file of its own: at the moved clock the sessions of the world have ended."""
    young, old = Attempts(world), Attempts(world)
    for attempts in (young, old):
        await attempts.begin(uuid.uuid4(), LEASE)
    await world.sql(
        "update idempotency_keys set created_at = now() - interval '25 hours' where key = :key", key=old.key
    )
    clock.advance(timedelta(hours=25))
    try:
        await Drain(world.people.factory, event_registry(), ports).slot("core.forget_idempotency_keys")
    finally:
        clock.reset()

    assert await young.stored() is not None
    assert await old.stored() is None
