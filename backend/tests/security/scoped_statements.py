"""Probes of the prepared statements: each asks through its DAO for what belongs to the wanted organization, by its id.

The walks over HTTP cannot tell whether these statements name the organization: the ids that they are given come from
rows or tokens that were judged before.
"""

import importlib
import json
import uuid
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import capecontrol
from capecontrol.core.actor import Actor, ActorType
from capecontrol.core.crypto import new_secret
from capecontrol.core.http.idempotency.dao import IdempotencyKeyDao
from capecontrol.core.ids import new_id
from capecontrol.core.permissions import Permission, Role
from capecontrol.core.scoped_statement import ScopedStatement
from capecontrol.core.work import UnitOfWork
from capecontrol.features.activity.interface import Activity
from capecontrol.features.billing.dao.invoices import InvoiceDao
from capecontrol.features.billing.dao.payments import PaymentDao
from capecontrol.features.dashboards.dao import (
    FAILED_DEPLOYMENTS,
    FAILING_MAILS,
    LATEST_ACTIVITY,
    LATEST_ERRORS,
    LEFT_WORKFLOWS,
    LOST_PAYMENTS,
    STALLED_PROPOSALS,
    UNDELIVERED_PROPOSALS,
    client_figures,
    client_needs,
    staff_figures,
)
from capecontrol.features.dashboards.months import MonthToDate
from capecontrol.features.identity.dao.refresh_tokens import RefreshTokenDao
from capecontrol.features.identity.dao.sessions import SessionDao
from capecontrol.features.identity.models import RefreshToken
from capecontrol.features.live.dao import ChangeDao
from capecontrol.features.live.hearing import NotedChange
from capecontrol.features.live.position import Position
from capecontrol.features.onboarding.dao import ProfileDao, StepDao
from capecontrol.features.onboarding.lifecycle import Step
from capecontrol.features.organizations.dao import OrganizationDao
from capecontrol.features.projects.dao import ProjectDao
from capecontrol.features.proposals.dao.proposals import ProposalDao
from capecontrol.features.proposals.undelivered import Undelivered, UndeliveredReason, write_undelivered
from capecontrol.features.search.dao import records_found
from capecontrol.features.workflows.dao.executions import ExecutionDao
from capecontrol.features.workflows.lifecycle import WorkflowStatus
from capecontrol.main.features import activity_catalog
from tests.features.billing.builders import build_invoice
from tests.features.projects.builders import build_project
from tests.features.proposals.builders import build_approved_proposal, build_sent_proposal
from tests.features.system.builders import build_dead_letter, place_retried_message
from tests.features.workflows.builders import build_workflow
from tests.people import PASSWORD, Person
from tests.security.world import CANARY, World


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for."""

    org_id: uuid.UUID
    owner: Person
    project_id: uuid.UUID
    workflow_id: uuid.UUID
    world: World

    @classmethod
    async def make(cls, world: World) -> "Wanted":
        """Make some of everything that a probe looks for."""
        owner = await world.member(Role.OWNER)
        await build_project(world, "IN_PROGRESS")
        await build_sent_proposal(world)
        unpaid = await build_approved_proposal(world)
        lost = "update proposals set payment_progress = 'FAILED', payment_progress_at = now() where id = :id"
        await world.sql(lost, id=unpaid)
        lost_mail = [Undelivered(new_id(), "", UndeliveredReason.NO_RECIPIENT, datetime.now(UTC))]
        undelivered = "update proposals set undelivered = cast(:undelivered as jsonb) where id = :id"
        await world.sql(
            undelivered, id=await build_sent_proposal(world), undelivered=json.dumps(write_undelivered(lost_mail))
        )
        asked, overdue = await build_sent_proposal(world), await build_sent_proposal(world)
        await world.sql("update proposals set valid_until = now() - interval '1 day' where id = :id", id=overdue)
        await world.post(f"/api/proposals/{asked}/request-changes", {"message": world.word()}, by=owner)
        await build_invoice(world)
        await _build_unapplied_payment(world)
        await build_dead_letter(world)
        await place_retried_message(world.people.factory, world.own, is_mail=True)
        workflow = await build_workflow(world, WorkflowStatus.FAILED)
        await world.sql("update workflow_instances set still_runs_at = 'Lab' where id = :id", id=workflow)
        await world.sql("update executions set status = 'ERROR' where workflow_id = :id", id=workflow)
        return cls(world.own, owner, uuid.UUID(await build_project(world)), uuid.UUID(workflow), world)

    async def token(self) -> str:
        """Return a refresh token that nobody has used."""
        return str(
            (await self.world.post("/api/auth/login", {"email": self.owner.email, "password": PASSWORD}))[
                "refresh_token"
            ]
        )


async def _build_unapplied_payment(world: World) -> None:
    """Make an invoice whose payment found nothing to pay."""
    invoice = await build_invoice(world)
    await world.sql(
        "update payments set status = 'UNAPPLIED' where id = (select payment_id from invoices where id = :id)",
        id=invoice,
    )


ROWS = 10
_LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
_BEGINNING = Position(_LONG_AGO, xmin=1, xmax=3, running=frozenset())
_STAFF = Actor(ActorType.OPERATOR, role=Role.OPERATOR)
_SEARCHING = replace(
    _STAFF, permissions=frozenset(map(Permission, ("projects:read", "proposals:read", "invoices:read")))
)


async def _counted_for_clients(work: UnitOfWork) -> list[str]:
    """Return the figures of a client's dashboard that count anything."""
    figures = await client_figures(work)
    return [name for name in figures.names if figures.count(name)]


async def _counted_for_staff(work: UnitOfWork) -> list[str]:
    """Return the figures of the operator's dashboard that count anything."""
    figures = await staff_figures(work, MonthToDate.of(work.now(), ZoneInfo("UTC")))
    return [name for name in figures.names if figures.count(name)]


async def _steps_of(work: UnitOfWork, wanted: Wanted) -> list[Step]:
    """Return the steps that the wanted owner took."""
    progress = await ProfileDao(work).progress_of(wanted.owner.id)
    return [step.name for step in progress.steps if step.completed_at]


async def _session_of_token(work: UnitOfWork, wanted: Wanted) -> object:
    """Return the session of a token of the wanted owner."""
    return await RefreshTokenDao(work).session_of(await wanted.token())


async def _uses_token(work: UnitOfWork, wanted: Wanted) -> bool:
    """Use a token of the wanted owner up."""
    token = await wanted.token()
    async with wanted.world.unit() as other:
        found = await RefreshTokenDao(other).session_of(token)
    assert found is not None
    successor = RefreshToken(id=new_id(), org_id=work.org_id, session_id=found.session_id, token_hash=new_secret())
    return await RefreshTokenDao(work).use(token, successor=successor, sealed="")


async def _answers_key(work: UnitOfWork, wanted: Wanted) -> bool:
    """Store an answer for a key of the wanted organization."""
    row, token = new_id(), uuid.uuid4()
    await wanted.world.sql(
        "insert into idempotency_keys (id, org_id, caller, key, fingerprint, lease_token, created_at)"
        " values (:id, :org_id, 'tests', :key, '', :token, now())",
        id=row, org_id=wanted.org_id, key=str(row), token=token,
    )  # fmt: skip
    return await IdempotencyKeyDao(work).answer(row, token, status=200, answer="", headers=None)


def _of_wanted(changes: list[NotedChange], wanted: Wanted) -> list[NotedChange]:
    """Return those of the wanted organization: the other one was made, too."""
    return [change for change in changes if change.org_id == wanted.org_id]


async def _changes_after(work: UnitOfWork, wanted: Wanted) -> list[NotedChange]:
    """Return all changes of the wanted organization, from the first transaction on."""
    return _of_wanted(await ChangeDao(work).after(_BEGINNING), wanted)


async def _changes_since(work: UnitOfWork, wanted: Wanted) -> list[NotedChange]:
    """Return all changes of the wanted organization, from long ago on."""
    return _of_wanted(await ChangeDao(work).since(_LONG_AGO), wanted)


async def _told(work: UnitOfWork) -> list[Activity]:
    """Return the newest of the activity."""
    return await LATEST_ACTIVITY.read(work, activity_catalog(), zone=ZoneInfo("UTC"))


Probe = Callable[[UnitOfWork, Wanted], Awaitable[object]]

#: By the statement that a probe goes through.
PROBES: Mapping[str, Probe] = {
    "core.http.idempotency.dao._ANSWER": _answers_key,
    "dashboards.dao.FAILED_DEPLOYMENTS": lambda work, _: FAILED_DEPLOYMENTS.all(work),
    "dashboards.dao.LATEST_ACTIVITY._entries._told_all": lambda work, _: _told(replace(work, actor=_STAFF)),
    "dashboards.dao.LATEST_ACTIVITY._entries._told_clients": lambda work, _: _told(work),
    "dashboards.dao.LATEST_ERRORS._errors": lambda work, _: LATEST_ERRORS.read(work, _LONG_AGO),
    "dashboards.dao.FAILING_MAILS": lambda work, _: FAILING_MAILS.all(work, announced_before=work.now()),
    "dashboards.dao.LEFT_WORKFLOWS": lambda work, _: LEFT_WORKFLOWS.all(work),
    "dashboards.dao.LOST_PAYMENTS": lambda work, _: LOST_PAYMENTS.all(work, silent_since=work.now()),
    "dashboards.dao.STALLED_PROPOSALS._stalled": lambda work, _: STALLED_PROPOSALS.read(work),
    "dashboards.dao.UNDELIVERED_PROPOSALS._lost": lambda work, _: UNDELIVERED_PROPOSALS.read(work),
    "billing.dao.invoices._LATEST": lambda work, _: InvoiceDao(work).latest(ROWS),
    "billing.dao.payments._UNAPPLIED": lambda work, _: PaymentDao(work).unapplied(ROWS),
    "dashboards.dao._CLIENT_FIGURES": lambda work, _: _counted_for_clients(work),
    "dashboards.dao._CLIENT_NEEDS": lambda work, _: client_needs(work),
    "dashboards.dao._STAFF_FIGURES": lambda work, _: _counted_for_staff(work),
    "identity.dao.sessions._ACCOUNT": lambda work, wanted: SessionDao(work).account_of(wanted.owner.session_id),
    "identity.dao.sessions._RENEWED": lambda work, wanted: SessionDao(work).renew(wanted.owner.session_id, work.now()),
    "identity.dao.refresh_tokens._TOKEN_SESSION": _session_of_token,
    "identity.dao.refresh_tokens._USED": _uses_token,
    "live.dao._AFTER": _changes_after,
    "live.dao._SINCE": _changes_since,
    "onboarding.dao._PROGRESS": _steps_of,
    "onboarding.dao._STEPS": lambda work, wanted: StepDao(work).taken_by(wanted.owner.id),
    "organizations.dao._SUMMARIES": lambda work, wanted: OrganizationDao(work).summaries([wanted.org_id]),
    "projects.dao._OWNED": lambda work, wanted: ProjectDao(work).owned_by_ids([wanted.project_id]),
    "projects.dao._UNDERWAY": lambda work, _: ProjectDao(work).underway(ROWS),
    "proposals.dao.proposals._OVERDUE_IDS": lambda work, _: ProposalDao(work).overdue_ids(work.now()),
    "search.dao._FOR_CLIENTS": lambda work, _: records_found(work, CANARY, ROWS),
    "search.dao._FOR_STAFF": lambda work, _: records_found(replace(work, actor=_SEARCHING), CANARY, ROWS),
    "workflows.dao.executions._RUNS": lambda work, wanted: ExecutionDao(work).runs_of([wanted.workflow_id]),
}


def scoped_statements() -> dict[str, ScopedStatement[object]]:
    """Return the prepared statements of core and of all features: by feature, or core, module and name."""
    package = Path(capecontrol.__file__).parent
    found: dict[str, ScopedStatement[object]] = {}
    for file in sorted((*package.glob("core/**/*.py"), *package.glob("features/**/*.py")), key=_queries_first):
        name = ".".join(file.relative_to(package).with_suffix("").parts)
        members = vars(importlib.import_module(f"capecontrol.{name}"))
        for key, value in members.items():
            named = _statements(f"{name}.{key}".removeprefix("features."), value, within=_within_dao(file))
            known = set(map(id, found.values()))
            found |= {name: statement for name, statement in named.items() if id(statement) not in known}
    return found


def _within_dao(file: Path) -> bool:
    return "dao" in file.with_suffix("").parts


def _queries_first(file: Path) -> tuple[bool, Path]:
    """Sort modules that import a statement behind the one that makes it."""
    return (not _within_dao(file), file)


def _statements(name: str, value: object, *, within: bool) -> dict[str, ScopedStatement[object]]:
    """Return a statement, or those that an object of ours holds: where queries are written, since others import it."""
    if isinstance(value, ScopedStatement):
        return {name: value}
    if not within or not type(value).__module__.startswith("capecontrol."):
        return {}
    members = getattr(value, "__dict__", {})
    found: dict[str, ScopedStatement[object]] = {}
    for key, member in members.items():
        found |= _statements(f"{name}.{key}", member, within=within)
    return found
