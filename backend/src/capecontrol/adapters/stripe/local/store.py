"""The local Stripe's memory: one SQLite file, so that sessions and undelivered webhooks survive a restart."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from capecontrol.adapters.stripe.local.objects import CheckoutSession, Event, StripeObject

T = TypeVar("T", bound=StripeObject)

_SCHEMA = """
CREATE TABLE IF NOT EXISTS objects (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    created INTEGER NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS objects_kind ON objects (kind, sequence);
CREATE TABLE IF NOT EXISTS answers (
    idempotency_key TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    created REAL NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS deliveries (
    event_id TEXT PRIMARY KEY REFERENCES objects (id),
    attempts INTEGER NOT NULL DEFAULT 0,
    due REAL NOT NULL
);
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer kept for an idempotency key."""

    fingerprint: str
    status: int
    body: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """A webhook that is to be delivered, and how often that was tried before."""

    event: Event
    attempts: int


class Store:
    """Objects, kept answers and pending deliveries. Each ``with store.writing()`` is one transaction.

    Several processes may share the file: a writer waits for the other (SQLite's own lock).
    """

    def __init__(self, folder: Path) -> None:
        """Open or make the file in a folder that belongs to the local Stripe."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._connection = sqlite3.connect(
            folder / "stripe.sqlite3", isolation_level=None, timeout=10, check_same_thread=False
        )
        self._lock = threading.Lock()
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.executescript(_SCHEMA)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Open a transaction that nobody else can write beside: no thread of this process, no other process."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def get(self, kind: type[T], object_id: str) -> T | None:
        """Return an object, or None when there is none of this kind under the id."""
        row = self._connection.execute(
            "SELECT body FROM objects WHERE id = ? AND kind = ?", (object_id, kind.__name__)
        ).fetchone()
        return None if row is None else kind.model_validate_json(row[0])

    def put(self, thing: StripeObject) -> None:
        """Keep an object, new or changed."""
        self._connection.execute(
            "INSERT INTO objects (id, kind, created, body) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET body = excluded.body",
            (thing.id, type(thing).__name__, thing.created, thing.model_dump_json()),
        )

    def announce(self, event: Event) -> None:
        """Keep an event and what must be delivered of it."""
        self.put(event)
        self._connection.execute("INSERT INTO deliveries (event_id, due) VALUES (?, 0)", (event.id,))

    def overdue_sessions(self, now: int) -> list[CheckoutSession]:
        """Return the open sessions whose time is over."""
        rows = self._connection.execute(
            "SELECT body FROM objects WHERE kind = 'CheckoutSession'"
            " AND json_extract(body, '$.status') = 'open' AND json_extract(body, '$.expires_at') <= ?",
            (now,),
        ).fetchall()
        return [CheckoutSession.model_validate_json(body) for (body,) in rows]

    def events(self, *, kind: str | None, after: str | None, since: int, limit: int) -> list[Event]:
        """Return events, newest first, starting behind the event ``after``."""
        rows = self._connection.execute(
            "SELECT body FROM objects WHERE kind = 'Event' AND created >= ?"
            " AND (? IS NULL OR json_extract(body, '$.type') = ?)"
            " AND (? IS NULL OR sequence < (SELECT sequence FROM objects WHERE id = ?))"
            " ORDER BY sequence DESC LIMIT ?",
            (since, kind, kind, after, after, limit),
        ).fetchall()
        return [Event.model_validate_json(body) for (body,) in rows]

    def answer(self, idempotency_key: str, oldest: float) -> Answer | None:
        """Return what was answered under a key, unless that was too long ago."""
        self._connection.execute("DELETE FROM answers WHERE created < ?", (oldest,))
        row = self._connection.execute(
            "SELECT fingerprint, status, body FROM answers WHERE idempotency_key = ?", (idempotency_key,)
        ).fetchone()
        return None if row is None else Answer(*row)

    def keep_answer(self, idempotency_key: str, answer: Answer, now: float) -> None:
        """Keep an answer for its key."""
        self._connection.execute(
            "INSERT INTO answers VALUES (?, ?, ?, ?, ?)",
            (idempotency_key, answer.fingerprint, now, answer.status, answer.body),
        )

    def claim_delivery(self, now: float, again_at: float) -> Delivery | None:
        """Take the oldest due delivery and push it into the future first, so that a crash only delays it."""
        row = self._connection.execute(
            "UPDATE deliveries SET attempts = attempts + 1, due = ? WHERE event_id = ("
            " SELECT event_id FROM deliveries JOIN objects ON objects.id = event_id WHERE due <= ?"
            " ORDER BY due, sequence LIMIT 1)"
            " RETURNING event_id, attempts",
            (again_at, now),
        ).fetchone()
        if row is None:
            return None
        event = self.get(Event, row[0])
        return None if event is None else Delivery(event, row[1])

    def settle_delivery(self, event_id: str, due: float | None) -> None:
        """Strike a delivery off (None), or say when it is tried again."""
        if due is None:
            self._connection.execute("DELETE FROM deliveries WHERE event_id = ?", (event_id,))
        else:
            self._connection.execute("UPDATE deliveries SET due = ? WHERE event_id = ?", (due, event_id))

    def pending_deliveries(self) -> int:
        """Count what is still to be delivered."""
        row = self._connection.execute("SELECT count(*) FROM deliveries").fetchone()
        return int(row[0])

    def close(self) -> None:
        """Close the file."""
        self._connection.close()
