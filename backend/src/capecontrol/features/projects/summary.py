"""A project as other features see it."""

import uuid
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from capecontrol.features.organizations.interface import OrganizationSummary
from capecontrol.features.projects.lifecycle import ProjectProposalStatus, ProjectStatus, proposal_status_at
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
    proposal_valid_until: datetime | None
    updated_at: datetime

    @classmethod
    def of(cls, row: Project) -> "ProjectSummary":
        """Return the summary of a row."""
        return cls(
            row.id,
            row.org_id,
            row.code,
            row.title,
            row.status,
            row.proposal_status,
            row.proposal_valid_until,
            row.updated_at,
        )

    def proposal_status_at(self, now: datetime) -> ProjectProposalStatus | None:
        """Return what has come at a moment of the newest proposal that was sent."""
        return proposal_status_at(self.proposal_status, self.proposal_valid_until, now)


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
