"""Probes of the prepared reads: each asks through its DAO for what belongs to the wanted organization, by its id.

The walks over HTTP cannot tell whether these reads name the organization: the ids that they are given come from rows or
tokens that were judged before.
"""

import importlib
import uuid
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import capecontrol.features
from capecontrol.core.permissions import Role
from capecontrol.core.scoped_read import ScopedRead
from capecontrol.core.work import UnitOfWork
from capecontrol.features.identity.dao import SessionDao
from capecontrol.features.onboarding.dao import StepDao
from capecontrol.features.organizations.dao import OrganizationDao
from capecontrol.features.projects.dao import ProjectDao
from tests.features.projects.builders import build_project
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
        return cls(world.own, await world.member(Role.OWNER), uuid.UUID(await build_project(world)))


Probe = Callable[[UnitOfWork, Wanted], Awaitable[object]]

#: By the read that a probe goes through.
PROBES: Mapping[str, Probe] = {
    "identity.dao._ACCOUNT": lambda work, wanted: SessionDao(work).account_of(wanted.owner.session_id),
    "onboarding.dao._STEPS": lambda work, wanted: StepDao(work).taken_by(wanted.owner.id),
    "organizations.dao._SUMMARIES": lambda work, wanted: OrganizationDao(work).summaries([wanted.org_id]),
    "projects.dao._OWNED": lambda work, wanted: ProjectDao(work).owned_by_ids([wanted.project_id]),
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
