"""HTTP: is it alive, is it ready, what is it."""

import asyncio
from dataclasses import dataclass
from typing import Annotated, Literal

from redis.asyncio import Redis
from redis.exceptions import RedisError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import JSONResponse

from capecontrol.core.db.scope import SignInScope
from capecontrol.core.http import ResponseBody, Router, provided, public
from capecontrol.core.work import Units
from capecontrol.main.settings import Environment

router = Router("system")
DEADLINE_SECONDS = 1.5
#: Workers renew this key while they live (see worker).
WORKER_HEARTBEAT = "capecontrol:worker:heartbeat"


@dataclass(frozen=True, slots=True)
class Build:
    """What is running."""

    version: str
    commit: str
    built_at: str | None
    environment: Environment


class HealthOut(ResponseBody):
    """The process answers."""

    status: Literal["ok"] = "ok"


class ReadinessOut(ResponseBody):
    """What the process needs, part by part."""

    status: Literal["ready", "not_ready"]
    database: bool
    redis: bool
    worker: bool


class VersionOut(ResponseBody):
    """What is running."""

    version: str
    commit: str
    built_at: str | None
    environment: Environment


@router.get("/api/health", operation_id="get_health", summary="Tell whether the process lives")
async def get_health(_units: Annotated[Units, public()]) -> HealthOut:
    """Answer."""
    return HealthOut()


@router.get(
    "/api/health/ready",
    operation_id="get_readiness",
    summary="Tell whether the system is ready",
    response_model=ReadinessOut,
    responses={503: {"model": ReadinessOut, "description": "A part is missing."}},
)
async def get_readiness(
    units: Annotated[Units, public()], redis: Annotated[Redis, provided(Redis)]
) -> ReadinessOut | JSONResponse:
    """Check the database, Redis, and that a worker lives."""
    database, cache, worker = await asyncio.gather(_database(units), _redis(redis), _worker(redis))
    ready = database and cache and worker
    answer = ReadinessOut(status="ready" if ready else "not_ready", database=database, redis=cache, worker=worker)
    return answer if ready else JSONResponse(answer.model_dump(mode="json"), 503)


@router.get("/api/version", operation_id="get_version", summary="Tell what is running")
async def get_version(_units: Annotated[Units, public()], build: Annotated[Build, provided(Build)]) -> VersionOut:
    """Return the running build."""
    return VersionOut.map_from(build)


async def _database(units: Units) -> bool:
    try:
        async with asyncio.timeout(DEADLINE_SECONDS), units.open(SignInScope()) as work:
            await work.session.execute(text("select 1"))
    except (SQLAlchemyError, OSError, TimeoutError):
        return False
    return True


async def _redis(redis: Redis) -> bool:
    try:
        async with asyncio.timeout(DEADLINE_SECONDS):
            await redis.get("capecontrol:ping")
    except (RedisError, OSError, TimeoutError):
        return False
    return True


async def _worker(redis: Redis) -> bool:
    try:
        async with asyncio.timeout(DEADLINE_SECONDS):
            return await redis.get(WORKER_HEARTBEAT) is not None
    except (RedisError, OSError, TimeoutError):
        return False
