"""Make a project for an organization."""

import uuid
from dataclasses import asdict

from capecontrol.core.business import Business
from capecontrol.core.ids import new_id
from capecontrol.core.problems import FieldError, Invalid
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
        raise Invalid(errors=[FieldError("/org_id", "Choose an organization from the list.")])
    if not organization.is_active:
        raise Invalid(errors=[FieldError("/org_id", "This organization is suspended. Choose another one.")])
    project = Project(
        id=new_id(),
        org_id=org_id,
        status=ProjectStatus.DRAFT,
        created_by=work.actor.id,
        revision=1,
        **asdict(content),
    )
    # From here on whoever makes another project waits for the commit: what is left is written in one statement.
    await ProjectDao(work).add_numbered(project, business.year_of(work.now()))
    await record_project(work, PROJECT_CREATED, project, {"title": content.title})
    await work.emit(ProjectCreated(org_id=org_id, project_id=project.id))
    return project, organization
