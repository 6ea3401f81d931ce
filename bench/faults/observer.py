"""What is there after a run: in the database, in the store of documents, and in the memory of the outside."""

import hashlib
import json
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import text

from capecontrol.core.clock import SystemClock
from capecontrol.core.db.database import Database
from capecontrol.core.db.scope import PlatformScope
from deals import APPROVED, DEAL, PAGE, PAID, PROPOSAL, RUN, SENT
from ledger import Account
from sabotage import DOOMED
from traffic import PROJECT, USER

_TITLES = "select id::text as id, title as key from {table} where title like :prefix || '%'"
_USERS = "select id::text as id, email as key from users where email like :prefix || '%'"
_STEPS = """
select p.id::text as id, p.title, p.status, p.total, p.sent_at is not null as is_sent, p.pdf_key,
       o.email as owner, j.status as project_status
from proposals p join projects j on j.id = p.project_id
join users o on o.org_id = p.org_id and o.role = 'OWNER'
where p.title like :prefix || '%'
"""
_PAGES = """
select i.id::text as id, p.title from payment_intents i join proposals p on p.id = i.proposal_id
"""
_INVOICES = """
select i.id::text as id, i.number, i.year, i.sequence, i.total, i.status, i.pdf_key, i.pdf_sha256,
       p.id::text as proposal_id, p.title, p.total as proposal_total, y.amount as paid, y.status as payment_status
from invoices i join proposals p on p.id = i.proposal_id join payments y on y.id = i.payment_id
"""
_RUNS = "select id::text as id, status from executions"
_AUDITED = "select action, resource_id as id from audit_events where action = any(:actions) and outcome = 'SUCCESS'"
#: What is asked of the audit log: one event for each of these acts.
_ACTS = ("project.created", "user.registered", "proposal.sent", "proposal.approved", "invoice.issued")
_OPEN = "select count(*) from outbox where topic <> 'schedule.slot_due.v1' and done_at is null and dead_at is null"
_DEAD = """
select concat_ws(' ', consumer, payload ->> 'to', last_error) as key from outbox
where topic <> 'schedule.slot_due.v1' and dead_at is not null
"""
_UNDER_WAY = "select count(*) from executions where status = 'RUNNING'"
#: Requests that nobody waits for any more; one whose process was killed ends with its lease.
_BEING_SERVED = "select count(*) from idempotency_keys where status is null and lease_until > now()"


@dataclass(frozen=True)
class Proposal:
    """A proposal, by the name of its deal."""

    id: str
    status: str
    total: int
    is_sent: bool
    pdf_key: str | None
    owner: str
    project_status: str


@dataclass(frozen=True)
class Invoice:
    """An invoice with its payment, by the name of its deal."""

    id: str
    name: str
    proposal_id: str
    number: str
    year: int
    sequence: int
    total: int
    proposal_total: int
    paid: int
    is_settled: bool
    pdf_key: str | None
    pdf_sha256: str | None


@dataclass(frozen=True)
class Charge:
    """A page that was paid at the provider."""

    intent_id: str
    amount: int


@dataclass(frozen=True)
class EngineRun:
    """A run that the engine remembers."""

    key: str
    run_id: str
    status: str


@dataclass
class Inside:
    """What is there. ``rows``: ids by the ledger's key, for each act that makes something."""

    rows: dict[str, list[str]] = field(default_factory=dict)
    users: dict[str, list[str]] = field(default_factory=dict)
    proposals: dict[str, Proposal] = field(default_factory=dict)
    invoices: list[Invoice] = field(default_factory=list)
    runs: dict[str, str] = field(default_factory=dict)
    audited: dict[str, Counter[str]] = field(default_factory=dict)
    dead: list[str] = field(default_factory=list)
    charges: dict[str, list[Charge]] = field(default_factory=dict)
    engine_runs: list[EngineRun] = field(default_factory=list)
    documents: dict[str, str] = field(default_factory=dict)


class Observer:
    """Looks everywhere."""

    def __init__(self, url: str, objects: Path, outside: Path) -> None:
        """Take the database's address, the folder of documents, and the folder of the outside."""
        self._database = Database(url)
        self._objects = objects
        self._outside = outside

    async def unfinished(self) -> int:
        """Return how much is still on its way: requests, messages, runs, webhooks of the provider."""
        count = 0
        for statement in (_BEING_SERVED, _OPEN, _UNDER_WAY):
            count += int(str((await self._rows(statement))[0]["count"]))
        with closing(self._stripe()) as stripe:
            return count + int(stripe.execute("select count(*) from deliveries").fetchone()[0])

    async def inside(self, account: Account) -> Inside:
        """Return what is there. The ledger's acknowledgements tell which run of the database has which key."""
        found = Inside()
        for table, prefix in (("projects", PROJECT), ("projects", DEAL), ("proposals", PROPOSAL)):
            await self._add(found.rows, _TITLES.format(table=table), prefix)
        for prefix in (USER, DOOMED):
            await self._add(found.users, _USERS, prefix)
        found.rows |= found.users
        await self._look_at_proposals(found)
        await self._look_at_invoices(found)
        intents = await self._look_at_pages(found)
        found.charges = self._charges(intents)
        found.runs = {str(row["id"]): str(row["status"]) for row in await self._rows(_RUNS)}
        found.engine_runs = self._engine_runs()
        for key, run_id in account.acknowledged.items():
            if key.startswith(RUN) and run_id in found.runs:
                found.rows[key] = [run_id]
        for act in _ACTS:
            found.audited[act] = Counter()
        for row in await self._rows(_AUDITED, actions=list(_ACTS)):
            found.audited[str(row["action"])][str(row["id"])] += 1
        found.dead = [str(row["key"]) for row in await self._rows(_DEAD)]
        found.documents = {
            str(path.relative_to(self._objects)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in self._objects.rglob("*.pdf")
        }
        return found

    async def close(self) -> None:
        """Close the connections."""
        await self._database.close()

    async def _look_at_proposals(self, found: Inside) -> None:
        for row in await self._rows(_STEPS, prefix=PROPOSAL):
            name, proposal_id = str(row["title"]).removeprefix(PROPOSAL), str(row["id"])
            proposal = Proposal(
                id=proposal_id,
                status=str(row["status"]),
                total=int(str(row["total"])),
                is_sent=bool(row["is_sent"]),
                pdf_key=_text(row["pdf_key"]),
                owner=str(row["owner"]),
                project_status=str(row["project_status"]),
            )
            found.proposals[name] = proposal
            if proposal.is_sent:
                found.rows.setdefault(f"{SENT}{name}", []).append(proposal_id)
            if proposal.status == "APPROVED":
                found.rows.setdefault(f"{APPROVED}{name}", []).append(proposal_id)

    async def _look_at_invoices(self, found: Inside) -> None:
        for row in await self._rows(_INVOICES):
            name = str(row["title"]).removeprefix(PROPOSAL)
            invoice = Invoice(
                id=str(row["id"]),
                name=name,
                proposal_id=str(row["proposal_id"]),
                number=str(row["number"]),
                year=int(str(row["year"])),
                sequence=int(str(row["sequence"])),
                total=int(str(row["total"])),
                proposal_total=int(str(row["proposal_total"])),
                paid=int(str(row["paid"])),
                is_settled=row["status"] == "PAID" and row["payment_status"] == "APPLIED",
                pdf_key=_text(row["pdf_key"]),
                pdf_sha256=_text(row["pdf_sha256"]),
            )
            found.invoices.append(invoice)
            found.rows.setdefault(f"{PAID}{name}", []).append(invoice.proposal_id)

    async def _look_at_pages(self, found: Inside) -> dict[str, str]:
        intents = {str(row["id"]): str(row["title"]).removeprefix(PROPOSAL) for row in await self._rows(_PAGES)}
        for intent_id, name in intents.items():
            found.rows.setdefault(f"{PAGE}{name}", []).append(intent_id)
        return intents

    def _charges(self, intents: dict[str, str]) -> dict[str, list[Charge]]:
        found: dict[str, list[Charge]] = {}
        with closing(self._stripe()) as stripe:
            rows = stripe.execute("select body from objects where kind = 'CheckoutSession'").fetchall()
        for (body,) in rows:
            session = json.loads(body)
            if session["payment_status"] == "paid":
                intent_id = str(session["metadata"].get("payment_intent_id"))
                charge = Charge(intent_id, int(session["amount_total"]))
                found.setdefault(intents.get(intent_id, "?"), []).append(charge)
        return found

    def _engine_runs(self) -> list[EngineRun]:
        with closing(sqlite3.connect(self._outside / "n8n" / "local-n8n.sqlite3")) as n8n:
            rows = n8n.execute("select data, status from executions").fetchall()
        found = []
        for data, status in rows:
            body = _webhook_body(json.loads(data or "{}"))
            if body is not None:
                found.append(EngineRun(str(body.get("key")), str(body.get("run_id")), str(status)))
        return found

    def _stripe(self) -> sqlite3.Connection:
        return sqlite3.connect(self._outside / "stripe" / "stripe.sqlite3", timeout=10)

    async def _add(self, rows: dict[str, list[str]], statement: str, prefix: str) -> None:
        for row in await self._rows(statement, prefix=prefix):
            rows.setdefault(str(row["key"]), []).append(str(row["id"]))

    async def _rows(self, statement: str, **values: object) -> list[dict[str, object]]:
        async with self._database.transaction(PlatformScope("faults: count"), SystemClock().now) as transaction:
            return [dict(row) for row in (await transaction.connection.execute(text(statement), values)).mappings()]


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _webhook_body(data: object) -> dict[str, object] | None:
    """Return the body that began a run, wherever the engine keeps it."""
    if isinstance(data, dict):
        body = data.get("body")
        if isinstance(body, dict) and "run_id" in body:
            return body
        children: list[object] = list(data.values())
    elif isinstance(data, list):
        children = data
    else:
        return None
    return next((body for child in children if (body := _webhook_body(child)) is not None), None)
