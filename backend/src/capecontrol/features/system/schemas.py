"""Answers about the system."""

import uuid
from collections.abc import Mapping, Sequence

from pydantic import Field

from capecontrol.core.http import ResponseBody
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


class PlacesOut(ResponseBody):
    """How many messages are, and can be, delivered at the same time."""

    busy: int = Field(description="How many messages are being delivered now.")
    total: int = Field(description="How many messages can be delivered at the same time.")


class ProcessOut(ResponseBody):
    """A running process."""

    id: str = Field(description="The process's ID.")
    kind: str = Field(description="The kind of process: `api`, `worker` or `scheduler`.", examples=["worker"])
    host: str = Field(description="The name of the machine or container.")
    pid: int = Field(description="The process ID on that machine.")
    version: str = Field(description="The version of the release.")
    commit: str = Field(description="The commit that the release was built from.")
    started_at: Moment = Field(description="When the process started.")
    is_alive: bool = Field(description="Whether the process sent a heartbeat in the last 15 seconds.")
    silent_seconds: float = Field(description="The time since the last heartbeat.")
    clock_ahead_seconds: float = Field(
        description="How far the clock is ahead of that of Redis. Negative if it is behind."
    )
    loop_lag_ms: float = Field(description="The longest delay of the event loop since the heartbeat before.")
    pool_in_use: int = Field(description="Database connections in use.")
    pool_size: int = Field(description="The most database connections that the process opens.")
    places: dict[str, PlacesOut] = Field(description="The worker's capacity by lane. Empty for other processes.")

    @classmethod
    def of(cls, process: ProcessReport) -> "ProcessOut":
        """Return the answer of a process."""
        places = {lane: PlacesOut.map_from(places) for lane, places in process.places.items()}
        return cls.map_from(process, is_alive=process.is_alive, places=places)


class LaneOut(ResponseBody):
    """A queue of the outbox."""

    lane: str = Field(description="The lane's name.", examples=["money"])
    open: int = Field(description="Messages that are neither delivered nor given up.")
    due: int = Field(description="Messages due for delivery.")
    under_way: int = Field(description="Messages being delivered now.")
    oldest_due_seconds: float = Field(description="How long the oldest due message has been waiting.")
    failing: int = Field(description="Messages that failed at least once and will be tried again.")
    oldest_failing_seconds: float = Field(description="The age of the oldest failing message.")
    queued: int | None = Field(description="Messages queued for a worker in Redis; null if Redis doesn't respond.")
    places: PlacesOut | None = Field(description="The capacity of all running workers; null if Redis doesn't respond.")


class JobOut(ResponseBody):
    """A scheduled job."""

    name: str = Field(description="The job's name.", examples=["billing.reconcile_checkouts"])
    every_seconds: float = Field(description="How often the job runs.")
    last_slot_at: Moment | None = Field(description="When the job was last due.")
    last_success_at: Moment | None = Field(description="When the job last succeeded. Kept for 14 days.")
    next_at: Moment = Field(description="When the job is due next.")
    is_late: bool = Field(description="Whether the job is overdue.")
    waiting: int = Field(description="Runs waiting for a worker or another attempt.")


class SchemaOut(ResponseBody):
    """The database schema, and the schemas that this release supports."""

    revision: str | None = Field(description="The revision of the database schema; null before the first migration.")
    oldest_supported: str = Field(description="The oldest revision that this release runs on.")
    newest_supported: str = Field(description="The newest revision that this release runs on.")


class KeyRingOut(ResponseBody):
    """A key ring and the key in use."""

    ring: str = Field(description="The key ring: `tokens`, `csrf`, `pepper` or `sealing`.", examples=["tokens"])
    key_id: str | None = Field(description="The ID of the key in use; null while the key comes from the settings.")
    used_from: Moment | None = Field(description="Since when the key has been in use.")
    next_used_from: Moment | None = Field(description="When the next key takes over; null if none is waiting.")


class RetriedMessageOut(ResponseBody):
    """A message whose delivery failed and will be tried again."""

    id: uuid.UUID = Field(description="The message's ID.")
    consumer: str = Field(description="What should receive the message.", examples=["workflows.remove"])
    lane: str = Field(description="The message's lane.")
    organization: OrganizationRef | None = Field(
        description="The organization concerned; null if it concerns the platform."
    )
    reason: str | None = Field(description="The kind of the last error.", examples=["EngineUnauthorized"])
    attempts: int = Field(description="How many deliveries were attempted.")
    created_at: Moment = Field(description="When the message was created.")
    next_try_at: Moment = Field(description="When the message is tried again. In the past while it is being tried.")

    @classmethod
    def of(cls, row: OutboxMessage, organizations: Mapping[uuid.UUID, OrganizationRef]) -> "RetriedMessageOut":
        """Return the answer of a row, with the organizations that it may name."""
        organization = organizations.get(row.org_id) if row.org_id else None
        return cls.map_from(row, organization=organization, reason=row.last_error, next_try_at=row.available_at)


class SystemOut(ResponseBody):
    """The status of the system."""

    as_of: Moment = Field(description="When this was read.")
    version: str = Field(description="The version of the release that answered.")
    commit: str = Field(description="The commit that the release was built from.")
    built_at: str | None = Field(description="When the release was built.")
    environment: str = Field(description="The environment, such as `production`.")
    db_schema: SchemaOut = Field(description="The database schema.")
    key_rings: list[KeyRingOut] = Field(description="The keys in use.")
    processes: list[ProcessOut] | None = Field(description="The running processes; null if Redis doesn't respond.")
    lanes: list[LaneOut] = Field(description="The queues of the outbox.")
    retried: list[RetriedMessageOut] = Field(
        description="Messages that failed and will be tried again: the 20 oldest. The lanes say how many there are."
    )
    schedule: list[JobOut] = Field(description="The scheduled jobs.")
    dead_letters: int = Field(description="Messages that were given up after all attempts failed.")


class DeadLetterOut(ResponseBody):
    """A message whose delivery was given up."""

    id: uuid.UUID = Field(description="The message's ID.")
    consumer: str = Field(description="What should have received the message.", examples=["proposals.mail"])
    topic: str = Field(description="The event that caused the message.", examples=["proposals.sent.v1"])
    lane: str = Field(description="The message's lane.")
    organization: OrganizationRef | None = Field(
        description="The organization concerned; null if it concerns the platform."
    )
    reason: str | None = Field(description="The kind of the last error.", examples=["MailRefused"])
    attempts: int = Field(description="How many deliveries were attempted.")
    created_at: Moment = Field(description="When the message was created.")
    died_at: Moment = Field(description="When the message was given up.")
    request_id: str | None = Field(
        description="The ID of the request that caused the message. You can search the logs for it."
    )

    @classmethod
    def of(cls, row: OutboxMessage, organizations: Mapping[uuid.UUID, OrganizationRef]) -> "DeadLetterOut":
        """Return the answer of a row, with the organizations that it may name."""
        organization = organizations.get(row.org_id) if row.org_id else None
        return cls.map_from(row, organization=organization, reason=row.last_error, died_at=row.dead_at)


class HastenedOut(ResponseBody):
    """The result of trying a message before its time."""

    id: uuid.UUID = Field(description="The ID of the message that is due now.")


class RevivedOut(ResponseBody):
    """The result of a retry. Messages that weren't given up aren't counted."""

    revived: int = Field(description="How many messages will be tried again.")


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
