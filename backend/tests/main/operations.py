"""The system's own operations."""

from redis.asyncio import Redis

from capecontrol.main.http.health import WORKER_HEARTBEAT
from tests.security.call import Call
from tests.security.row import ELSE, Row, public
from tests.security.world import World


async def _with_a_worker(world: World) -> Call:
    await world.people.ports.get(Redis).set(WORKER_HEARTBEAT, "1", ex=60)
    return Call()


ROWS = (
    Row("get_health", public(200), {200: ELSE}, fuzz={200, 400}),
    Row("get_readiness", public(200), {200: ELSE}, call=_with_a_worker, fuzz={200, 400}),
    Row("get_version", public(200), {200: ELSE}, fuzz={200, 400}),
    Row("show_reference", public(200), {200: ELSE}),
    Row("get_reference_style", public(200), {200: ELSE}),
)
