"""Attempts that were blocked: of each caller some are recorded one by one, and of the rest their number.

Those on other organizations' objects are answered as what is not there, and recorded afterwards.
Whether an id is another's is looked up behind the answer and together for all attempts of a second, so that neither
the answer nor its time, nor that of the next one, tells a caller that an id exists.
"""

import asyncio
import uuid
from collections import deque
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from capecontrol.core.actor import Actor, Origin
from capecontrol.core.audit import Outcome
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.path_objects import PathObject
from capecontrol.core.work import UnitOfWork, UnitOfWorkFactory

log = structlog.get_logger("http")

#: How late an attempt is recorded, at most.
RECORD_SECONDS = 1.0
#: As many attempts of one caller are recorded one by one in a ``WINDOW``, for each of the two reasons; of the rest,
#: their number. Who follows an old link makes a few; a program that tries ids makes thousands, and they must not bury
#: what else is in the log.
SINGLE_MAX = 20
WINDOW = timedelta(hours=1)
#: As many requests wait to be looked up in a process: some seconds of a storm of them.
WAITING_MAX = 10_000

FOREIGN = "other-organization"
REFUSED = "refused"
#: Who was asked for the password again was denied nothing: they are counted by themselves.
ASKED = "auth/confirmation-required"


@dataclass(frozen=True, slots=True)
class ForeignAttempt:
    """A member of an organization asked for something that they do not see: another's, or what never was."""

    actor: Actor
    origin: Origin
    operation: str
    summary: str
    at: datetime
    objects: tuple[tuple[PathObject, uuid.UUID], ...]


@dataclass(slots=True)
class _Tally:
    """A caller's attempts since ``since``, of one reason: so many recorded one by one, so many only counted."""

    reason: str
    since: datetime
    actor: Actor
    origin: Origin
    recorded: int = 0
    counted: int = 0


class BlockedAttempts:
    """Takes a process's attempts, records those on another organization's object, and how many were only counted."""

    def __init__(self, factory: UnitOfWorkFactory) -> None:
        """Take the database."""
        self._factory = factory
        self._waiting: deque[ForeignAttempt] = deque()
        self._tallies: dict[str, _Tally] = {}
        self._refusals: dict[tuple[str, str], _Tally] = {}
        #: Of refusals whose window is over: their numbers are still to be recorded.
        self._ended: list[_Tally] = []
        self._dropped = 0

    def note(
        self,
        actor: Actor,
        origin: Origin,
        operation: str,
        summary: str,
        objects: Iterable[tuple[PathObject, uuid.UUID]],
    ) -> None:
        """Note that a caller was told that an object is not there. Costs the request nothing else."""
        if len(self._waiting) >= WAITING_MAX:
            self._dropped += 1
            return
        self._waiting.append(
            ForeignAttempt(actor, origin, operation, summary, self._factory.clock.now(), tuple(objects))
        )

    def admits_refusal(self, actor: Actor, origin: Origin, reason: str = REFUSED) -> bool:
        """Count a caller's request that was refused; tell whether it is recorded by itself.

        Args:
            actor, origin: whose request it was, and where it came from.
            reason: ``REFUSED`` by what they may do, or ``ASKED`` for the password first.
        """
        now = self._factory.clock.now()
        self._end_refusals(now)
        tally = self._refusals.setdefault((reason, _caller(actor)), _Tally(reason, now, actor, origin))
        if tally.recorded >= SINGLE_MAX:
            tally.counted += 1
            return False
        tally.recorded += 1
        return True

    def _end_refusals(self, now: datetime) -> None:
        for key, tally in list(self._refusals.items()):
            if now >= tally.since + WINDOW:
                del self._refusals[key]
                if tally.counted:
                    self._ended.append(tally)

    async def record(self) -> None:
        """Record what was noted, in a transaction of its own."""
        self._end_refusals(self._factory.clock.now())
        ended = list(self._ended)
        waiting, dropped = list(self._waiting), self._dropped
        over = [tally for tally in self._tallies.values() if self._factory.clock.now() >= tally.since + WINDOW]
        if not waiting and not over and not ended:
            return
        tallies = {person: replace(tally) for person, tally in self._tallies.items()}
        scope = PlatformScope("http: record attempts on other organizations' objects")
        async with self._factory.unit(Actor.system("record blocked attempts"), scope) as work:
            for tally in ended:
                await _record_count(work, tally)
            for tally in over:
                await _record_count(work, tally)
                tallies.pop(_caller(tally.actor))
            owners = await _owners(work, waiting)
            for attempt in waiting:
                await _record_attempt(work, attempt, owners, tallies)
        # Only now: what could not be written is tried again.
        self._tallies = tallies
        del self._ended[: len(ended)]
        for _ in waiting:
            self._waiting.popleft()
        self._dropped -= dropped
        if dropped:
            log.warning("attempts.dropped", count=dropped)

    async def close(self) -> None:
        """Record what is left, and of each caller how many attempts were only counted."""
        with suppress(Exception):  # the process ends, and nobody is left to try again
            await self.record()
            scope = PlatformScope("http: record attempts on other organizations' objects")
            async with self._factory.unit(Actor.system("record blocked attempts"), scope) as work:
                for tally in (*self._tallies.values(), *self._refusals.values()):
                    await _record_count(work, tally)
            self._tallies.clear()
            self._refusals.clear()

    @asynccontextmanager
    async def recording(self) -> AsyncIterator[None]:
        """Record every second, for the length of the block, and what is left at its end."""
        task = asyncio.create_task(self._record_again())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            await self.close()

    async def _record_again(self) -> None:
        is_failing = False
        while True:
            await asyncio.sleep(RECORD_SECONDS)
            try:
                await self.record()
            except Exception as error:  # the database is away: what waits is recorded when it is back
                if not is_failing:
                    log.warning("attempts.not_recorded", error=type(error).__name__)
                is_failing = True
            else:
                is_failing = False


async def _owners(work: UnitOfWork, attempts: Iterable[ForeignAttempt]) -> dict[tuple[str, uuid.UUID], uuid.UUID]:
    """Return whose the objects are: one statement for each kind, the same for those that never were."""
    asked: dict[PathObject, set[uuid.UUID]] = {}
    for attempt in attempts:
        for kind, identifier in attempt.objects:
            asked.setdefault(kind, set()).add(identifier)
    return {
        (kind.kind, identifier): owner
        for kind, ids in asked.items()
        for identifier, owner in (await kind.dao(work).owners(ids)).items()
    }


async def _record_attempt(
    work: UnitOfWork,
    attempt: ForeignAttempt,
    owners: dict[tuple[str, uuid.UUID], uuid.UUID],
    tallies: dict[str, _Tally],
) -> None:
    """Record an attempt if one of its objects is another organization's."""
    for kind, identifier in attempt.objects:
        owner = owners.get((kind.kind, identifier))
        if owner is None or owner == attempt.actor.org_id:
            continue
        tally = tallies.setdefault(_caller(attempt.actor), _Tally(FOREIGN, attempt.at, attempt.actor, attempt.origin))
        if tally.recorded >= SINGLE_MAX:
            tally.counted += 1
            return
        tally.recorded += 1
        await replace(work, actor=attempt.actor, origin=attempt.origin).record(
            "access.denied",
            resource=(kind.kind, identifier),
            org_id=attempt.actor.org_id,
            outcome=Outcome.DENIED,
            metadata={
                "reason": FOREIGN,
                "operation": attempt.operation,
                "summary": attempt.summary,
                "owner_org_id": str(owner),
            },
            at=attempt.at,
        )
        return


async def _record_count(work: UnitOfWork, tally: _Tally) -> None:
    """Record how many more attempts a caller made than stand in the log."""
    if not tally.counted:
        return
    actor = tally.actor
    caller = ("user", actor.id) if actor.id is not None else ("api_key", actor.label)
    is_denied = tally.reason != ASKED
    await replace(work, actor=actor, origin=replace(tally.origin, request_id="")).record(
        "access.denied_repeatedly" if is_denied else "access.confirmation_asked_repeatedly",
        resource=("organization", actor.org_id) if actor.org_id is not None else caller,
        org_id=actor.org_id,
        outcome=Outcome.DENIED if is_denied else Outcome.SUCCESS,
        metadata={"reason": tally.reason, "count": tally.counted, "since": tally.since.isoformat()},
    )


def _caller(actor: Actor) -> str:
    """Return as whom attempts are counted: a person, or a key."""
    return str(actor.id or actor.label)
