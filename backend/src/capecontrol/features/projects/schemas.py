"""Bodies about projects."""

import uuid
from datetime import datetime
from typing import Annotated

from pydantic import Field

from capecontrol.core.activity import ActivityIcon, ActivityTone
from capecontrol.core.http import Line, MoneyBody, Paragraph, RequestBody, ResponseBody
from capecontrol.core.http.body import Moment
from capecontrol.core.http.optional_member import NotNull
from capecontrol.core.http.refs import OrganizationRef
from capecontrol.core.links import PagePath, Pages
from capecontrol.features.activity.interface import Activity
from capecontrol.features.projects.content import ProjectContent
from capecontrol.features.projects.lifecycle import (
    ProjectProposalStatus,
    ProjectStatus,
    allowed_from,
    proposal_status_at,
)
from capecontrol.features.projects.models import Project

Title = Annotated[Line, Field(min_length=1, max_length=200, examples=["Lead capture and follow-up"])]
Description = Annotated[Paragraph, Field(max_length=10_000)]
Reason = Annotated[Line, Field(min_length=1, max_length=500)]
# Bodies are strict, nothing is guessed from another type; but JSON has no ids and no enums: these are read from text.
TextId = Annotated[uuid.UUID, Field(strict=False)]
TextStatus = Annotated[ProjectStatus, Field(strict=False)]


class NewProject(RequestBody):
    """A project to create."""

    org_id: TextId = Field(description="The client's organization.")
    title: Title = Field(description="What the project is called. Clients see it.")
    description: Description = Field(default="", description="What the project is about. Clients see it.")

    def to_content(self) -> ProjectContent:
        """Return what the project is to say."""
        return ProjectContent(title=self.title, description=self.description)


class ProjectEdit(RequestBody):
    """The changes to a project. Fields that are left out stay as they are."""

    title: Annotated[Title | None, NotNull()] = Field(
        default=None, description="What the project is called. Clients see it."
    )
    description: Annotated[Description | None, NotNull()] = Field(
        default=None, description="What the project is about. Clients see it."
    )
    status: Annotated[TextStatus | None, NotNull()] = Field(
        default=None,
        description="The next status. To skip one, use `POST /api/projects/{project_id}/status` with `override`.",
    )

    def apply(self, row: Project) -> ProjectContent:
        """Return what the project is to say, with what is absent as it stands."""
        return ProjectContent(
            title=row.title if self.title is None else self.title,
            description=row.description if self.description is None else self.description,
        )


class StatusChange(RequestBody):
    """The new status of a project."""

    status: TextStatus = Field(description="The new status.")
    override: bool = Field(
        default=False, description="Allow any status instead of only the next one. Requires a `reason`."
    )
    reason: Reason | None = Field(
        default=None,
        description="Why the status is changed. It is recorded in the audit log and shown in the project's activity.",
    )


class ProjectOut(ResponseBody):
    """A project."""

    id: uuid.UUID = Field(description="The project's ID.")
    code: str = Field(description="The project's code, unique across all projects.", examples=["PRJ-2026-019"])
    title: str = Field(description="What the project is called.")
    description: str = Field(description="What the project is about.")
    revision: int = Field(description="The revision of what is stored: `If-Match` takes it, in quotation marks.")
    status: ProjectStatus = Field(description="The project's current status.")
    proposal_status: ProjectProposalStatus | None = Field(
        description="What has come of the newest proposal that was sent for the project; null before the first. "
        "While `status` is `PROPOSED`, this tells whether the client is still deciding."
    )
    previous_status: ProjectStatus | None = Field(
        description="The status before the current one; null if it never changed."
    )
    next_statuses: list[ProjectStatus] = Field(description="The statuses that can follow without `override`.")
    org_id: uuid.UUID = Field(description="The client's organization.")
    organization: OrganizationRef = Field(description="The client's organization, with its name.")
    created_by: uuid.UUID | None = Field(description="The ID of the person who created the project.")
    created_at: Moment = Field(description="When the project was created.")
    updated_at: Moment = Field(description="When the project was last changed.")

    @classmethod
    def of(cls, row: Project, organization: OrganizationRef, now: datetime) -> "ProjectOut":
        """Return the answer of a row at a moment."""
        return cls.map_from(
            row,
            proposal_status=proposal_status_at(row.proposal_status, row.proposal_valid_until, now),
            next_statuses=list(allowed_from(row.status)),
            organization=organization,
        )


class ActivityOut(ResponseBody):
    """One thing that happened to a project."""

    id: uuid.UUID = Field(description="The entry's ID.")
    at: Moment = Field(description="When it happened.")
    action: str = Field(description="What happened, as a stable name.", examples=["proposal.sent"])
    title: str = Field(description="What happened, in words.", examples=["Proposal v2 sent"])
    detail: str | None = Field(
        description="More about it, such as a comment or a reason; null when there is nothing to add.",
        examples=["“Split the report into two”"],
    )
    amount: MoneyBody | None = Field(description="The amount concerned, if any.")
    actor: str | None = Field(
        description="The name of the person who did it, as it was at the time; null for the system.",
        examples=["Thandi Nkosi"],
    )
    icon: ActivityIcon = Field(description="The icon to show beside the entry.")
    tone: ActivityTone = Field(description="The colour of the icon.")
    link: PagePath | None = Field(
        description="The page with more details; null when that is the project's own page.",
        examples=["/invoices/0199f3a0-…"],
    )
    resource_type: str = Field(description="What kind of object it concerns.")
    resource_id: str | None = Field(description="The ID of the object it concerns.")
    is_visible_to_client: bool = Field(
        description="Whether the client sees the entry, too. Always true when a client asks."
    )

    @classmethod
    def of(cls, activity: Activity, project_id: uuid.UUID) -> "ActivityOut":
        """Return the answer of an entry that is told under a project."""
        return cls.map_from(
            activity,
            at=activity.occurred_at,
            amount=MoneyBody.from_money(activity.amount) if activity.amount else None,
            action=activity.kind,
            link=None if activity.link == Pages.project(project_id) else activity.link,
            resource_id=str(activity.resource_id) if activity.resource_id else None,
        )
