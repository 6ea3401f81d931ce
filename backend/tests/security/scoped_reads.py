"""Probes of the prepared reads: each asks through its DAO for what belongs to the wanted organization, by its id.

The walks over HTTP cannot tell whether these reads name the organization: the ids that they are given come from rows or
tokens that were judged before.
"""

import importlib
import uuid
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import capecontrol.features
from capecontrol.core.actor import Actor, ActorType
from capecontrol.core.permissions import Role
from capecontrol.core.scoped_read import ScopedRead
from capecontrol.core.work import UnitOfWork
from capecontrol.features.activity.dao import ActivityDao
from capecontrol.features.billing.dao import InvoiceDao, PaymentDao
from capecontrol.features.dashboards.dao import client_figures, client_needs, staff_figures
from capecontrol.features.dashboards.months import MonthToDate
from capecontrol.features.identity.dao import SessionDao
from capecontrol.features.onboarding.dao import ProfileDao, StepDao
from capecontrol.features.onboarding.lifecycle import Step
from capecontrol.features.organizations.dao import OrganizationDao
from capecontrol.features.projects.dao import ProjectDao
from capecontrol.features.proposals.dao import ProposalDao
from capecontrol.features.workflows.dao import ExecutionDao
from capecontrol.features.workflows.lifecycle import WorkflowStatus
from tests.features.billing.builders import build_invoice
from tests.features.projects.builders import build_project
from tests.features.proposals.builders import build_approved_proposal, build_sent_proposal
from tests.features.system.builders import build_dead_letter
from tests.features.workflows.builders import build_workflow
from tests.people import Person
from tests.security.world import World


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for."""

    org_id: uuid.UUID
    owner: Person
    project_id: uuid.UUID

    @classmethod
    async def make(cls, world: World) -> "Wanted":
        """Make some of everything that a probe looks for."""
        owner = await world.member(Role.OWNER)
        await build_project(world, "IN_PROGRESS")
        await build_sent_proposal(world)
        await build_approved_proposal(world)
        asked = await build_sent_proposal(world)
        await world.post(f"/api/proposals/{asked}/request-changes", {"message": world.word()}, by=owner)
        await build_invoice(world)
        await _build_unapplied_payment(world)
        await build_dead_letter(world)
        workflow = await build_workflow(world, WorkflowStatus.FAILED)
        await world.sql("update executions set status = 'ERROR' where workflow_id = :id", id=workflow)
        return cls(world.own, owner, uuid.UUID(await build_project(world)))


async def _build_unapplied_payment(world: World) -> None:
    """Make an invoice whose payment found nothing to pay."""
    invoice = await build_invoice(world)
    await world.sql(
        "update payments set status = 'UNAPPLIED' where id = (select payment_id from invoices where id = :id)",
        id=invoice,
    )


ROWS = 10
_LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
_STAFF = Actor(ActorType.OPERATOR, role=Role.OPERATOR)


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


Probe = Callable[[UnitOfWork, Wanted], Awaitable[object]]

#: By the read that a probe goes through.
PROBES: Mapping[str, Probe] = {
    "activity.dao._LATEST": lambda work, _: ActivityDao(replace(work, actor=_STAFF)).latest(ROWS, known=[]),
    "activity.dao._LATEST_FOR_CLIENTS": lambda work, _: ActivityDao(work).latest(ROWS, known=["project.created"]),
    "billing.dao._LATEST": lambda work, _: InvoiceDao(work).latest(ROWS),
    "billing.dao._UNAPPLIED": lambda work, _: PaymentDao(work).unapplied(ROWS),
    "dashboards.dao._CLIENT_FIGURES": lambda work, _: _counted_for_clients(work),
    "dashboards.dao._CLIENT_NEEDS": lambda work, _: client_needs(work),
    "dashboards.dao._STAFF_FIGURES": lambda work, _: _counted_for_staff(work),
    "identity.dao._ACCOUNT": lambda work, wanted: SessionDao(work).account_of(wanted.owner.session_id),
    "onboarding.dao._PROGRESS": _steps_of,
    "onboarding.dao._STEPS": lambda work, wanted: StepDao(work).taken_by(wanted.owner.id),
    "organizations.dao._SUMMARIES": lambda work, wanted: OrganizationDao(work).summaries([wanted.org_id]),
    "projects.dao._OWNED": lambda work, wanted: ProjectDao(work).owned_by_ids([wanted.project_id]),
    "projects.dao._UNDERWAY": lambda work, _: ProjectDao(work).underway(ROWS),
    "proposals.dao._TO_REVISE": lambda work, _: ProposalDao(work).to_revise(ROWS),
    "workflows.dao._ERRORS": lambda work, _: ExecutionDao(work).latest_errors(_LONG_AGO, ROWS),
}


def scoped_reads() -> dict[str, ScopedRead[object]]:
    """Return the prepared reads of all features, by feature, module and name."""
    folder = Path(capecontrol.features.__file__).parent
    found: dict[str, ScopedRead[object]] = {}
    for file in sorted(folder.glob("*/**/*.py")):
        name = ".".join(file.relative_to(folder).with_suffix("").parts)
        members = vars(importlib.import_module(f"capecontrol.features.{name}"))
        found |= {f"{name}.{key}": value for key, value in members.items() if isinstance(value, ScopedRead)}
    return found
