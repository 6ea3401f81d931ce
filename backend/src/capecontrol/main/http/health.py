"""HTTP: is it alive, is it ready, what is it."""

import asyncio
from typing import Annotated, Literal

from pydantic import Field
from redis.asyncio import Redis
from redis.exceptions import RedisError
from starlette.responses import JSONResponse

from capecontrol.core.db.scope import SignInScope
from capecontrol.core.http import ResponseBody, Router, provided, public
from capecontrol.core.processes import ProcessKind
from capecontrol.core.work import Units
from capecontrol.features.system.ports import Release
from capecontrol.main.heartbeat import alive_key
from capecontrol.main.settings import Environment

router = Router("system")
DEADLINE_SECONDS = 1.5


class HealthOut(ResponseBody):
    """The process is alive."""

    status: Literal["ok"] = Field(default="ok", description="Always `ok`.")


class ReadinessOut(ResponseBody):
    """The parts of the system and whether they respond. Requests are served while the database responds."""

    status: Literal["ready", "not_ready"] = Field(description="`ready` if every part responds.")
    database: bool = Field(description="Whether the database responds.")
    redis: bool = Field(description="Whether Redis responds.")
    worker: bool | None = Field(description="Whether a worker is running; null if Redis doesn't respond.")
    scheduler: bool | None = Field(description="Whether a scheduler is running; null if Redis doesn't respond.")


class VersionOut(ResponseBody):
    """The running release."""

    version: str = Field(description="The version of the release.")
    commit: str = Field(description="The commit that the release was built from.")
    built_at: str | None = Field(description="When the release was built.")
    environment: Environment = Field(description="The environment, such as `production`.")


@router.get("/api/health", operation_id="get_health", summary="Check that the process is alive")
async def get_health(_units: Annotated[Units, public(counts_strangers=False)]) -> HealthOut:
    """Return `ok`, without a rate limit. Use it as a liveness check."""
    return HealthOut()


@router.get(
    "/api/health/ready",
    operation_id="get_readiness",
    summary="Check that the system is ready",
    response_model=ReadinessOut,
    responses={503: {"model": ReadinessOut, "description": "A part is missing."}},
)
async def get_readiness(
    units: Annotated[Units, public()], redis: Annotated[Redis, provided(Redis)]
) -> ReadinessOut | JSONResponse:
    """Check the database, Redis, the workers and the schedulers. Use it as a readiness check."""
    database, living = await asyncio.gather(_database(units), _living(redis))
    worker, scheduler = living or (None, None)
    ready = database and worker is True and scheduler is True
    answer = ReadinessOut(
        status="ready" if ready else "not_ready",
        database=database,
        redis=living is not None,
        worker=worker,
        scheduler=scheduler,
    )
    return answer if ready else JSONResponse(answer.model_dump(mode="json"), 503)


@router.get("/api/version", operation_id="get_version", summary="Retrieve the version")
async def get_version(_units: Annotated[Units, public()], release: Annotated[Release, provided(Release)]) -> VersionOut:
    """Return the version of the running release."""
    return VersionOut.map_from(release)


async def _database(units: Units) -> bool:
    try:
        # To begin, the server is asked.
        async with asyncio.timeout(DEADLINE_SECONDS), units.open(SignInScope()):
            return True
    except Exception:  # it is away, in the driver's words or the socket's
        return False


async def _living(redis: Redis) -> tuple[bool, bool] | None:
    """Tell whether a worker and a scheduler live, or None when Redis does not answer."""
    try:
        async with asyncio.timeout(DEADLINE_SECONDS):
            worker, scheduler = await redis.mget(alive_key(ProcessKind.WORKER), alive_key(ProcessKind.SCHEDULER))
    except (RedisError, OSError, TimeoutError):
        return None
    return worker is not None, scheduler is not None
