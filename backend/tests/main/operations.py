"""The system's own operations."""

from redis.asyncio import Redis

from capecontrol.core.processes import ProcessKind
from capecontrol.main.heartbeat import alive_key
from tests.security.call import Call
from tests.security.row import ELSE, Row, public
from tests.security.world import World


async def _with_processes(world: World) -> Call:
    for kind in (ProcessKind.WORKER, ProcessKind.SCHEDULER):
        await world.people.ports.get(Redis).set(alive_key(kind), "1", ex=60)
    return Call()


async def _guide(world: World) -> Call:
    del world
    return Call({"slug": "deploy"})


async def _sample(world: World) -> Call:
    del world
    return Call({"name": "n8n-lead-capture.json"})


ROWS = (
    Row("get_health", public(200), {200: ELSE}, fuzz={200, 422}),
    Row("get_readiness", public(200), {200: ELSE}, call=_with_processes, fuzz={200, 422}),
    Row("get_version", public(200), {200: ELSE}, fuzz={200, 422}),
    Row("get_document", public(200), {200: ELSE}),
    Row("show_reference", public(200), {200: ELSE}),
    Row("get_reference_style", public(200), {200: ELSE}),
    Row("show_front_door", public(200), {200: ELSE}),
    Row("show_about", public(200), {200: ELSE}),
    Row("show_security_contact", public(200), {200: ELSE}),
    Row("show_guides", public(200), {200: ELSE}),
    Row("get_guide_index", public(200), {200: ELSE}, fuzz={200, 422}),
    Row("get_guide_style", public(200), {200: ELSE}),
    Row("get_guide_sample", public(200), {200: ELSE}, unknown=404, call=_sample),
    Row("show_guide", public(200), {200: ELSE}, unknown=404, call=_guide),
)
