"""What a process counts of itself, in the words of Prometheus. `docs/reference/metrics.md` tells what each means.

The names are kept: alerts and dashboards name them (``deploy/prometheus``, ``deploy/grafana``).
"""

from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

#: Of this process; nothing of the library's own.
REGISTRY = CollectorRegistry(auto_describe=True)
ProcessCollector(registry=REGISTRY)

#: Around the promises: 25 ms, 200 ms.
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1.0, 2.5, 5.0, 10.0)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

REQUEST_SECONDS = Histogram(
    "capecontrol_http_request_duration_seconds",
    "Requests that were answered, from the first byte to the last.",
    ("method", "route", "status"),
    buckets=_SECONDS,
    registry=REGISTRY,
)
REFUSALS = Counter(
    "capecontrol_http_refusals", "Answers that refuse, by the kind of problem.", ("problem",), registry=REGISTRY
)
EXPORTS_ENDED = Counter(
    "capecontrol_exports", "Exports that were begun, by how they ended.", ("ending",), registry=REGISTRY
)
PICTURE_PROCESSES_LOST = Counter(
    "capecontrol_picture_processes_lost",
    "Processes for pictures that died or hung by no fault of a picture.",
    registry=REGISTRY,
)
POOL_IN_USE = Gauge(
    "capecontrol_database_connections_in_use", "Connections to the database that are lent out.", registry=REGISTRY
)
POOL_MAX = Gauge(
    "capecontrol_database_connections_max", "Connections that this process may have at a time.", registry=REGISTRY
)
REDIS_UP = Gauge("capecontrol_redis_up", "Whether Redis answered the last sign of life.", registry=REGISTRY)
LOOP_LAG = Gauge(
    "capecontrol_event_loop_lag_seconds", "The longest wait on the event loop in three seconds.", registry=REGISTRY
)
DELIVERY_SECONDS = Histogram(
    "capecontrol_delivery_duration_seconds",
    "Attempts to deliver a message, by lane and how they ended.",
    ("lane", "outcome"),
    buckets=(*_SECONDS, 30.0, 90.0),
    registry=REGISTRY,
)
OUTBOX_DUE = Gauge("capecontrol_outbox_due", "Messages due for delivery, by lane.", ("lane",), registry=REGISTRY)
OUTBOX_OPEN = Gauge(
    "capecontrol_outbox_open", "Messages that are neither delivered nor given up, by lane.", ("lane",),
    registry=REGISTRY,
)  # fmt: skip
OUTBOX_LAG = Gauge(
    "capecontrol_outbox_lag_seconds", "For how long the oldest due message has not been taken, by lane.", ("lane",),
    registry=REGISTRY,
)  # fmt: skip
OUTBOX_FAILING = Gauge(
    "capecontrol_outbox_failing", "Open messages that failed at least once, by lane.", ("lane",), registry=REGISTRY
)
OUTBOX_FAILING_AGE = Gauge(
    "capecontrol_outbox_failing_seconds", "How long ago the oldest failing message was announced, by lane.", ("lane",),
    registry=REGISTRY,
)  # fmt: skip
OUTBOX_LAST_LOOK = Gauge(
    "capecontrol_outbox_last_look_timestamp_seconds",
    "When this scheduler last measured the outbox, or began; 0 in other processes.",
    registry=REGISTRY,
)
OUTBOX_DEAD = Gauge("capecontrol_outbox_dead_letters", "Messages that were given up.", registry=REGISTRY)
QUEUE_DEPTH = Gauge(
    "capecontrol_queue_depth", "Hand-overs that wait in Redis for a worker, by lane.", ("lane",), registry=REGISTRY
)
SCHEDULE_SLOTS = Counter(
    "capecontrol_schedule_slots", "Slots that this scheduler put into the outbox, by job.", ("job",), registry=REGISTRY
)
SCHEDULE_LAST_TICK = Gauge(
    "capecontrol_schedule_last_tick_timestamp_seconds",
    "When this scheduler last looked for slots that are due, or began; 0 in other processes.",
    registry=REGISTRY,
)
SCHEDULE_LATE = Gauge(
    "capecontrol_schedule_job_late", "Whether a job has not succeeded for two of its periods.", ("job",),
    registry=REGISTRY,
)  # fmt: skip

BUSINESS_LAG = Gauge(
    "capecontrol_business_lag_seconds",
    "For how long this process has not been able to read the record of the business; 0 while it can.",
    registry=REGISTRY,
)
LIVE_STREAMS = Gauge("capecontrol_live_streams", "Open streams of changes.", registry=REGISTRY)
LIVE_EVENTS = Counter(
    "capecontrol_live_events", "Events that streams of changes were given, by kind.", ("kind",), registry=REGISTRY
)
LIVE_LAG = Gauge(
    "capecontrol_live_lag_seconds",
    "For how long no stream was told what changed; 0 while there are none, or while it works.",
    registry=REGISTRY,
)

#: The children of the request histogram: to find one through the library costs more than to observe.
_requests: dict[tuple[str, str | None, int], Any] = {}


def observe_request(method: str, route: str | None, status: int, seconds: float) -> None:
    """Count an answer. A few microseconds; the number of series is bounded by that of the routes."""
    key = (method, route, status // 100)
    child = _requests.get(key)
    if child is None:
        child = REQUEST_SECONDS.labels(
            method if method in _METHODS else "other", route or "other", f"{status // 100}xx"
        )
        if method in _METHODS:
            _requests[key] = child
    child.observe(seconds)


def count_refusal(problem: str) -> None:
    """Count a refusal by its slug."""
    REFUSALS.labels(problem).inc()
