"""Answers about the system."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Annotated

from pydantic import Field

from capecontrol.core.http import RequestBody, ResponseBody
from capecontrol.core.http.body import Moment
from capecontrol.core.http.refs import OrganizationRef
from capecontrol.core.outbox.dao import LaneDepth
from capecontrol.core.outbox.lane import Lane
from capecontrol.core.outbox.model import OutboxMessage
from capecontrol.core.processes import ProcessReport
from capecontrol.core.rings.ring import RingName
from capecontrol.core.secret_keys.model import SecretKeyRecord
from capecontrol.features.system.ports import Release
from capecontrol.features.system.timetable import JobTimes

#: Letters of one request; each is an entry of the audit.
REVIVED_MAX = 100


class PlacesOut(ResponseBody):
    """How many messages of a lane are delivered at a time, and how many are under way."""

    busy: int
    total: int


class ProcessOut(ResponseBody):
    """A process, as it describes itself every few seconds."""

    id: str
    kind: str = Field(description="`api`, `worker` or `scheduler`.", examples=["worker"])
    host: str
    pid: int
    version: str
    commit: str
    started_at: Moment
    is_alive: bool = Field(description="Whether it has been heard in the last fifteen seconds.")
    silent_seconds: float = Field(description="For how long it has not been heard.")
    clock_ahead_seconds: float = Field(description="By how much its clock is ahead of Redis's; negative when behind.")
    loop_lag_ms: float = Field(description="The longest wait on its event loop since the report before.")
    pool_in_use: int = Field(description="Connections to the database that are lent out.")
    pool_size: int
    places: dict[str, PlacesOut] = Field(description="Of a worker, by lane.")

    @classmethod
    def of(cls, process: ProcessReport) -> "ProcessOut":
        """Return the answer of a process."""
        places = {lane: PlacesOut.map_from(places) for lane, places in process.places.items()}
        return cls.map_from(process, is_alive=process.is_alive, places=places)


class LaneOut(ResponseBody):
    """What waits in a lane of the outbox."""

    lane: str = Field(examples=["money"])
    open: int = Field(description="Messages that are neither delivered nor given up.")
    due: int = Field(description="Those due for delivery.")
    under_way: int = Field(description="Those that a worker has.")
    oldest_due_seconds: float = Field(description="For how long the oldest has been due without being taken.")
    failing: int = Field(description="Those that failed at least once and are tried again.")
    oldest_failing_seconds: float = Field(description="How long ago the oldest of those was announced.")
    queued: int | None = Field(description="Hand-overs that wait in Redis; null when it does not answer.")
    places: PlacesOut | None = Field(description="Of all workers that live; null when Redis does not answer.")


class JobOut(ResponseBody):
    """A job of the schedule."""

    name: str = Field(examples=["billing.reconcile_checkouts"])
    every_seconds: float
    last_slot_at: Moment | None = Field(description="When it was last due.")
    last_success_at: Moment | None = Field(description="When it last came to its end, within fourteen days.")
    next_at: Moment
    is_late: bool = Field(description="Whether it should have succeeded by now.")
    waiting: int = Field(description="Slots that wait for a worker, or for another try.")


class SchemaOut(ResponseBody):
    """The schema of the database, and those that the release runs on."""

    revision: str | None
    oldest_supported: str
    newest_supported: str


class KeyRingOut(ResponseBody):
    """The key of a ring that is used now."""

    ring: str = Field(description="`tokens`, `csrf`, `pepper` or `sealing`.", examples=["tokens"])
    key_id: str | None = Field(description="Null while the setting of the environment is used.")
    used_from: Moment | None = Field(description="Since when.")
    next_used_from: Moment | None = Field(description="When a newer key takes its place, once all have read it.")


class SystemOut(ResponseBody):
    """What runs, what waits and what was given up."""

    as_of: Moment
    version: str
    commit: str
    built_at: str | None
    environment: str
    db_schema: SchemaOut
    key_rings: list[KeyRingOut]
    processes: list[ProcessOut] | None = Field(description="Null when Redis does not answer: nobody can tell.")
    lanes: list[LaneOut]
    schedule: list[JobOut]
    dead_letters: int = Field(description="Messages that were given up.")


class DeadLetterOut(ResponseBody):
    """A message that was given up."""

    id: uuid.UUID
    consumer: str = Field(examples=["proposals.mail"])
    topic: str = Field(examples=["proposals.sent.v1"])
    lane: str
    organization: OrganizationRef | None = Field(description="Whom it concerns; null where it is the platform's.")
    reason: str | None = Field(description="The kind of the last error.", examples=["MailRefused"])
    attempts: int
    created_at: Moment
    died_at: Moment
    request_id: str | None = Field(description="The request that caused it, as the log has it.")

    @classmethod
    def of(cls, row: OutboxMessage, organizations: Mapping[uuid.UUID, OrganizationRef]) -> "DeadLetterOut":
        """Return the answer of a row, with the organizations that it may name."""
        organization = organizations.get(row.org_id) if row.org_id else None
        return cls.map_from(row, organization=organization, reason=row.last_error, died_at=row.dead_at)


class DeadLetters(RequestBody):
    """Which letters to try again."""

    ids: Annotated[list[Annotated[uuid.UUID, Field(strict=False)]], Field(min_length=1, max_length=REVIVED_MAX)]


class RevivedOut(ResponseBody):
    """How many are due again. The others were not dead, or are not there."""

    revived: int


def lanes_out(
    depths: Sequence[LaneDepth], queued: Mapping[str, int] | None, processes: Sequence[ProcessReport] | None
) -> list[LaneOut]:
    """Return every lane of this release, and those in which something of another release waits."""
    by_name = {depth.lane: depth for depth in depths}
    names = [*Lane, *(name for name in by_name if name not in list(Lane))]
    return [
        LaneOut(
            lane=name,
            open=depth.open,
            due=depth.due,
            under_way=depth.under_way,
            oldest_due_seconds=round(depth.lag_seconds, 1),
            failing=depth.failing,
            oldest_failing_seconds=round(depth.failing_seconds, 1),
            queued=None if queued is None else queued.get(name, 0),
            places=_places(name, processes),
        )
        for name in names
        for depth in (by_name.get(name, LaneDepth(name, 0, 0, 0, 0.0, 0, 0.0)),)
    ]


def jobs_out(jobs: Sequence[JobTimes], as_of: Moment) -> list[JobOut]:
    """Return the jobs, the late ones first."""
    found = [
        JobOut(
            name=job.name,
            every_seconds=job.every.total_seconds(),
            last_slot_at=job.last_slot_at,
            last_success_at=job.last_success_at,
            next_at=job.next_at(as_of),
            is_late=job.is_late(as_of),
            waiting=job.waiting,
        )
        for job in jobs
    ]
    return sorted(found, key=lambda job: (not job.is_late, job.name))


def key_rings_out(keys: Sequence[SecretKeyRecord], as_of: Moment) -> list[KeyRingOut]:
    """Return every ring with the key that is used now. The keys come oldest first."""
    rings = []
    for ring in RingName:
        living = [key for key in keys if key.ring == ring and key.retired_at is None]
        used = [key for key in living if key.used_from <= as_of]
        coming = [key for key in living if key.used_from > as_of]
        rings.append(
            KeyRingOut(
                ring=ring,
                key_id=used[-1].id if used else None,
                used_from=used[-1].used_from if used else None,
                next_used_from=coming[-1].used_from if coming else None,
            )
        )
    return rings


def schema_out(release: Release, revision: str | None) -> SchemaOut:
    """Return the schema beside what the release supports."""
    return SchemaOut(revision=revision, oldest_supported=release.oldest_schema, newest_supported=release.newest_schema)


def _places(lane: str, processes: Sequence[ProcessReport] | None) -> PlacesOut | None:
    if processes is None:
        return None
    found = [process.places[lane] for process in processes if process.is_alive and lane in process.places]
    return PlacesOut(busy=sum(places.busy for places in found), total=sum(places.total for places in found))
