"""Make a project for an organization."""

import uuid
from dataclasses import asdict

from capecontrol.core.business import Business
from capecontrol.core.ids import new_id
from capecontrol.core.problems import FieldError, Invalid
from capecontrol.core.series import next_number, year_of
from capecontrol.core.work import UnitOfWork
from capecontrol.features.organizations.interface import OrganizationSummary, get_organization
from capecontrol.features.projects.activity import PROJECT_CREATED
from capecontrol.features.projects.content import ProjectContent
from capecontrol.features.projects.dao import ProjectDao
from capecontrol.features.projects.events import ProjectCreated
from capecontrol.features.projects.lifecycle import ProjectStatus
from capecontrol.features.projects.models import Project
from capecontrol.features.projects.record import record_project


async def create_project(
    work: UnitOfWork, business: Business, *, org_id: uuid.UUID, content: ProjectContent
) -> tuple[Project, OrganizationSummary]:
    """Make a project in DRAFT with the next code of the year, and return it with its organization.

    Raises:
        Invalid: the organization is unknown or suspended.
    """
    organization = await get_organization(work, org_id)
    if organization is None:
        raise Invalid(errors=[FieldError("/org_id", "There is no organization with this id.")])
    if not organization.is_active:
        raise Invalid(errors=[FieldError("/org_id", "This organization is suspended; activate it first.")])
    now = work.now()
    year = year_of(now, business.timezone)
    # The counter's row is locked until the commit: taken as late as the insert allows.
    number = await next_number(work, "project", year)
    project = await ProjectDao(work).add(
        Project(
            id=new_id(),
            org_id=org_id,
            code=f"PRJ-{year}-{number:03d}",
            status=ProjectStatus.DRAFT,
            created_by=work.actor.id,
            **asdict(content),
        )
    )
    await record_project(work, PROJECT_CREATED, project, {"title": content.title})
    await work.emit(ProjectCreated(org_id=org_id, project_id=project.id))
    return project, organization
