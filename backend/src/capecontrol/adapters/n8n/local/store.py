"""What the local n8n keeps: one SQLite file. Each operation opens and closes it, so any process may."""

import json
import os
import secrets
import sqlite3
import string
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import JsonValue

from capecontrol.adapters.n8n.local.workflow import Workflow

SCHEMA = """
create table if not exists workflows (
  id text primary key, name text not null, nodes text not null, connections text not null, settings text not null,
  active integer not null default 0, created_at text not null, updated_at text not null, version_id text not null,
  version_counter integer not null default 1);
create table if not exists webhooks (
  path text not null, method text not null, workflow_id text not null, node text not null, primary key (path, method));
create table if not exists executions (
  id integer primary key autoincrement, workflow_id text not null, mode text not null, status text not null,
  retry_of text, created_at text not null, started_at text not null, stopped_at text, wait_till text,
  data text, process integer not null);
create table if not exists credentials (
  id text primary key, name text not null, type text not null, data text not null, created_at text not null);
"""
#: n8n's ids are 16 letters and digits.
ALPHABET = string.ascii_letters + string.digits


class PathTaken(Exception):
    """Another active workflow listens there. The text names the node."""


@dataclass(frozen=True, slots=True)
class Execution:
    """One run as it is stored. Times are texts in ISO 8601 with milliseconds, UTC."""

    id: int
    workflow_id: str
    mode: str
    status: str
    retry_of: str | None
    created_at: str
    started_at: str
    stopped_at: str | None
    wait_till: str | None
    data: dict[str, JsonValue]

    def answer(self, *, full: bool, with_data: bool) -> dict[str, JsonValue]:
        """Return the object that the public API answers with: the list's form, or the single one's."""
        found: dict[str, JsonValue] = {
            "id": str(self.id),
            "finished": self.status == "success",
            "mode": self.mode,
            "retryOf": self.retry_of,
            "retrySuccessId": None,
            "status": self.status,
            "startedAt": self.started_at,
            "stoppedAt": self.stopped_at,
            "workflowId": self.workflow_id,
            "waitTill": self.wait_till,
        }
        if full:
            found |= {"createdAt": self.created_at, "deletedAt": None}
        if with_data:
            found |= {"data": self.data, "customData": {}}
        return found


def stamp(moment: datetime) -> str:
    """Return a time as n8n writes it."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def new_identifier() -> str:
    """Return a fresh id in n8n's form."""
    return "".join(secrets.choice(ALPHABET) for _ in range(16))


class Store:
    """Reads and writes the file."""

    def __init__(self, path: Path) -> None:
        """Make the file when it is not there; mark runs of processes that are gone as crashed."""
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._open() as db:
            db.executescript("pragma journal_mode = wal;" + SCHEMA)
            for identifier, process in db.execute("select id, process from executions where status = 'running'"):
                if not _is_alive(process):
                    db.execute("update executions set status = 'crashed' where id = ?", (identifier,))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        db = sqlite3.connect(self._path, timeout=10)
        db.row_factory = sqlite3.Row
        try:
            with db:
                yield db
        finally:
            db.close()

    def add_workflow(self, body: Mapping[str, JsonValue], now: str) -> Workflow:
        """Store a new, inactive workflow from a body that was checked."""
        identifier = new_identifier()
        with self._open() as db:
            db.execute(
                "insert into workflows (id, name, nodes, connections, settings, created_at, updated_at, version_id) "
                "values (?, ?, ?, ?, ?, ?, ?, ?)",
                (identifier, *_columns(body), now, now, str(uuid.uuid4())),
            )
        return self._require(identifier)

    def replace_workflow(
        self, identifier: str, body: Mapping[str, JsonValue], now: str, webhooks: Sequence[tuple[str, str, str]]
    ) -> Workflow:
        """Replace a workflow; an active one listens at its new paths at once.

        Raises:
            PathTaken: another workflow listens there; nothing is changed.
        """
        with self._open() as db:
            db.execute(
                "update workflows set name = ?, nodes = ?, connections = ?, settings = ?, updated_at = ?, "
                "version_id = ?, version_counter = version_counter + 1 where id = ?",
                (*_columns(body), now, str(uuid.uuid4()), identifier),
            )
            (active,) = db.execute("select active from workflows where id = ?", (identifier,)).fetchone()
            if active:
                _listen(db, identifier, webhooks)
        return self._require(identifier)

    def activate(self, identifier: str, webhooks: Sequence[tuple[str, str, str]]) -> Workflow:
        """Let a workflow listen at (method, path, node) each.

        Raises:
            PathTaken: another workflow listens there.
        """
        with self._open() as db:
            _listen(db, identifier, webhooks)
            db.execute("update workflows set active = 1 where id = ?", (identifier,))
        return self._require(identifier)

    def deactivate(self, identifier: str) -> Workflow:
        """Stop a workflow from listening."""
        with self._open() as db:
            db.execute("delete from webhooks where workflow_id = ?", (identifier,))
            db.execute("update workflows set active = 0 where id = ?", (identifier,))
        return self._require(identifier)

    def delete_workflow(self, identifier: str) -> None:
        """Remove a workflow and its executions."""
        with self._open() as db:
            for statement in (
                "delete from webhooks where workflow_id = ?",
                "delete from executions where workflow_id = ?",
                "delete from workflows where id = ?",
            ):
                db.execute(statement, (identifier,))

    def workflow(self, identifier: str) -> Workflow | None:
        """Return a workflow, or None."""
        found = self._workflows("select * from workflows where id = ?", (identifier,))
        return found[0] if found else None

    def workflows(self) -> list[Workflow]:
        """Return all workflows, the latest first."""
        return self._workflows("select * from workflows order by rowid desc", ())

    def _require(self, identifier: str) -> Workflow:
        found = self.workflow(identifier)
        if found is None:
            raise LookupError(identifier)
        return found

    def _workflows(self, statement: str, values: tuple[str, ...]) -> list[Workflow]:
        with self._open() as db:
            rows = db.execute(statement, values).fetchall()
        return [
            Workflow(
                id=row["id"],
                name=row["name"],
                nodes=json.loads(row["nodes"]),
                connections=json.loads(row["connections"]),
                settings=json.loads(row["settings"]),
                is_active=bool(row["active"]),
                created_at=row["created_at"],
                updated_at=row["updated_at"],
                version_id=row["version_id"],
                version_counter=row["version_counter"],
            )
            for row in rows
        ]

    def listeners(self, path: str) -> dict[str, tuple[str, str]]:
        """Return who listens at a path: method → (workflow id, node name)."""
        with self._open() as db:
            rows = db.execute("select method, workflow_id, node from webhooks where path = ?", (path,)).fetchall()
        return {method: (workflow_id, node) for method, workflow_id, node in rows}

    def begin_execution(self, workflow_id: str, now: str, *, mode: str, retry_of: str | None = None) -> int:
        """Store a run that begins and return its number."""
        with self._open() as db:
            cursor = db.execute(
                "insert into executions (workflow_id, mode, status, retry_of, created_at, started_at, process) "
                "values (?, ?, 'running', ?, ?, ?, ?)",
                (workflow_id, mode, retry_of, now, now, os.getpid()),
            )
            return int(cursor.lastrowid or 0)

    def save_execution(
        self,
        identifier: int,
        status: str,
        data: Mapping[str, JsonValue],
        *,
        stopped_at: str | None,
        wait_till: str | None = None,
    ) -> None:
        """Store how a run stands."""
        with self._open() as db:
            db.execute(
                "update executions set status = ?, data = ?, stopped_at = ?, wait_till = ? where id = ?",
                (status, json.dumps(data), stopped_at, wait_till, identifier),
            )

    def execution(self, identifier: int) -> Execution | None:
        """Return a run, or None."""
        found = self._executions("select * from executions where id = ?", (identifier,))
        return found[0] if found else None

    def executions(self, workflow_id: str | None = None) -> list[Execution]:
        """Return the runs, the latest first."""
        if workflow_id is None:
            return self._executions("select * from executions order by id desc", ())
        return self._executions("select * from executions where workflow_id = ? order by id desc", (workflow_id,))

    def delete_execution(self, identifier: int) -> None:
        """Remove a run."""
        with self._open() as db:
            db.execute("delete from executions where id = ?", (identifier,))

    def _executions(self, statement: str, values: tuple[str | int, ...]) -> list[Execution]:
        with self._open() as db:
            rows = db.execute(statement, values).fetchall()
        return [
            Execution(
                id=row["id"],
                workflow_id=row["workflow_id"],
                mode=row["mode"],
                status=row["status"],
                retry_of=row["retry_of"],
                created_at=row["created_at"],
                started_at=row["started_at"],
                stopped_at=row["stopped_at"],
                wait_till=row["wait_till"],
                data=json.loads(row["data"] or "{}"),
            )
            for row in rows
        ]

    def add_credential(self, name: str, kind: str, data: Mapping[str, JsonValue], now: str) -> str:
        """Store a credential and return its id."""
        identifier = new_identifier()
        with self._open() as db:
            db.execute(
                "insert into credentials (id, name, type, data, created_at) values (?, ?, ?, ?, ?)",
                (identifier, name, kind, json.dumps(data), now),
            )
        return identifier

    def credential(self, identifier: str, kind: str) -> dict[str, JsonValue] | None:
        """Return a credential's content, or None."""
        with self._open() as db:
            row = db.execute("select data from credentials where id = ? and type = ?", (identifier, kind)).fetchone()
        if row is None:
            return None
        found: dict[str, JsonValue] = json.loads(row[0])
        return found


def _columns(body: Mapping[str, JsonValue]) -> tuple[str, str, str, str]:
    settings = body["settings"]
    defaults: dict[str, JsonValue] = {"callerPolicy": "workflowsFromSameOwner", "availableInMCP": False}
    merged = {**(settings if isinstance(settings, dict) else {})}
    merged |= {key: value for key, value in defaults.items() if key not in merged}
    return str(body["name"]), json.dumps(body["nodes"]), json.dumps(body["connections"]), json.dumps(merged)


def _listen(db: sqlite3.Connection, identifier: str, webhooks: Sequence[tuple[str, str, str]]) -> None:
    db.execute("delete from webhooks where workflow_id = ?", (identifier,))
    for method, path, node in webhooks:
        try:
            db.execute(
                "insert into webhooks (path, method, workflow_id, node) values (?, ?, ?, ?)",
                (path, method, identifier, node),
            )
        except sqlite3.IntegrityError:
            raise PathTaken(node) from None


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return process != os.getpid()
