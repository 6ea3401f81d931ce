"""Bodies about projects."""

import uuid
from typing import Annotated

from pydantic import Field

from capecontrol.core.activity import ActivityIcon, ActivityTone
from capecontrol.core.http import Line, MoneyBody, Paragraph, RequestBody, ResponseBody
from capecontrol.core.http.body import Moment
from capecontrol.core.http.refs import OrganizationRef
from capecontrol.core.links import PagePath, Pages
from capecontrol.features.activity.interface import Activity
from capecontrol.features.projects.content import ProjectContent
from capecontrol.features.projects.lifecycle import ProjectStatus, allowed_from
from capecontrol.features.projects.models import Project

Title = Annotated[Line, Field(min_length=1, max_length=200, examples=["Lead capture and follow-up"])]
Description = Annotated[Paragraph, Field(max_length=10_000)]
Reason = Annotated[Line, Field(min_length=1, max_length=500)]
# Bodies are strict, nothing is guessed from another type; but JSON has no ids and no enums: these are read from text.
TextId = Annotated[uuid.UUID, Field(strict=False)]
TextStatus = Annotated[ProjectStatus, Field(strict=False)]


class NewProject(RequestBody):
    """A project to make."""

    org_id: TextId
    title: Title
    description: Description = ""

    def to_content(self) -> ProjectContent:
        """Return what the project is to say."""
        return ProjectContent(title=self.title, description=self.description)


class ProjectEdit(RequestBody):
    """What to change of a project. Members that are absent stay as they are."""

    title: Title | None = None
    description: Description | None = None
    status: TextStatus | None = Field(
        default=None, description="The next status; to skip one, use the status operation."
    )

    def apply(self, row: Project) -> ProjectContent:
        """Return what the project is to say, with what is absent as it stands."""
        return ProjectContent(
            title=row.title if self.title is None else self.title,
            description=row.description if self.description is None else self.description,
        )


class StatusChange(RequestBody):
    """A step to make."""

    status: TextStatus
    override: bool = Field(default=False, description="Skip the order; needs a reason.")
    reason: Reason | None = None


class ProjectOut(ResponseBody):
    """A project."""

    id: uuid.UUID
    code: str = Field(examples=["PRJ-2026-019"])
    title: str
    description: str
    status: ProjectStatus
    previous_status: ProjectStatus | None
    next_statuses: list[ProjectStatus] = Field(description="The legal next steps, without an override.")
    org_id: uuid.UUID
    organization: OrganizationRef
    created_by: uuid.UUID | None
    created_at: Moment
    updated_at: Moment

    @classmethod
    def of(cls, row: Project, organization: OrganizationRef) -> "ProjectOut":
        """Return the answer of a row."""
        return cls.map_from(row, next_statuses=list(allowed_from(row.status)), organization=organization)


class ActivityOut(ResponseBody):
    """One thing that happened to a project."""

    id: uuid.UUID
    at: Moment
    action: str = Field(examples=["proposal.sent"])
    title: str = Field(description="What happened, in words.", examples=["Proposal v2 sent"])
    detail: str | None = Field(description="What else is worth knowing.", examples=["“Split the report into two”"])
    amount: MoneyBody | None = Field(description="The amount that it is about.")
    actor: str | None = Field(
        description="The name of who did it, as it was then; null when the system did.", examples=["Thandi Nkosi"]
    )
    icon: ActivityIcon = Field(description="The picture beside it.")
    tone: ActivityTone = Field(description="The picture's colour.")
    link: PagePath | None = Field(
        description="The page that shows more; null where that is the project's own.", examples=["/invoices/0199f3a0-…"]
    )
    resource_type: str
    resource_id: str | None
    is_visible_to_client: bool = Field(description="Whether the client sees it too. Always true for a client.")

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
