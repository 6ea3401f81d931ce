"""A project as other features see it."""

import uuid
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from capecontrol.features.organizations.interface import OrganizationSummary
from capecontrol.features.projects.lifecycle import ProjectProposalStatus, ProjectStatus
from capecontrol.features.projects.models import Project


@dataclass(frozen=True, slots=True)
class ProjectSummary:
    """A project as others see it."""

    id: uuid.UUID
    org_id: uuid.UUID
    code: str
    title: str
    status: ProjectStatus
    proposal_status: ProjectProposalStatus | None
    updated_at: datetime

    @classmethod
    def of(cls, row: Project) -> "ProjectSummary":
        """Return the summary of a row."""
        return cls(row.id, row.org_id, row.code, row.title, row.status, row.proposal_status, row.updated_at)


@dataclass(frozen=True, slots=True)
class OwnedProject:
    """A project and the organization that it is for."""

    project: ProjectSummary
    organization: OrganizationSummary

    @classmethod
    def read(cls, *values: Any) -> "OwnedProject":
        """Return what a row says whose columns are the project's and then its organization's, as theirs are named."""
        count = len(fields(ProjectSummary))
        return cls(ProjectSummary(*values[:count]), OrganizationSummary(*values[count:]))
