"""HTTP: projects."""

from collections.abc import Iterable
from typing import Annotated, Literal

from fastapi import Query
from starlette.responses import Response

from capecontrol.core.activity import ActivityCatalog, Visibility
from capecontrol.core.business import Business
from capecontrol.core.http import Router, provided, requires
from capecontrol.core.http.etag import IfMatch, tag
from capecontrol.core.http.export import CSV, Export, requires_export
from capecontrol.core.http.filtering import filtering
from capecontrol.core.http.lookup import lookup
from capecontrol.core.http.paging import paging, sorting
from capecontrol.core.http.refs import OrganizationRef
from capecontrol.core.lists.pagination import Page, PageQuery
from capecontrol.core.problems import PreconditionFailed
from capecontrol.core.work import UnitOfWork
from capecontrol.features.activity.interface import ACTIVITY_LIST, activity_of
from capecontrol.features.organizations.interface import organizations_by_id
from capecontrol.features.projects.actions.change_status import change_status
from capecontrol.features.projects.actions.create_project import create_project
from capecontrol.features.projects.actions.update_project import update_project
from capecontrol.features.projects.activity import project_subject
from capecontrol.features.projects.dao import PROJECTS, ProjectDao
from capecontrol.features.projects.errors import IllegalTransition
from capecontrol.features.projects.export import PROJECTS_CSV
from capecontrol.features.projects.filters import ProjectFilter
from capecontrol.features.projects.models import Project
from capecontrol.features.projects.permissions import PROJECTS_CREATE, PROJECTS_READ, PROJECTS_UPDATE
from capecontrol.features.projects.schemas import ActivityOut, NewProject, ProjectEdit, ProjectOut, StatusChange

router = Router("projects")

project_for = lookup("project_id", lambda work, project_id: ProjectDao(work).require(project_id))
#: For who only reads it (``Dao.look``).
project_shown_for = lookup("project_id", lambda work, project_id: ProjectDao(work).look(project_id))


async def _answers(work: UnitOfWork, rows: Iterable[Project]) -> list[ProjectOut]:
    projects = list(rows)
    found = await organizations_by_id(work, {row.org_id for row in projects})
    organizations = {org_id: OrganizationRef.map_from(organization) for org_id, organization in found.items()}
    return [ProjectOut.of(row, organizations[row.org_id], work.now()) for row in projects]


@router.get("/api/projects", operation_id="list_projects", summary="List projects")
async def list_projects(
    work: Annotated[UnitOfWork, requires(PROJECTS_READ)],
    wanted: Annotated[ProjectFilter, filtering(ProjectFilter)],
    query: Annotated[PageQuery, paging(PROJECTS)],
) -> Page[ProjectOut]:
    """Return projects, newest first by default. Clients see their own."""
    rows = await ProjectDao(work).search(wanted, query)
    return rows.to_page(await _answers(work, rows.rows))


@router.get("/api/projects/export.csv", operation_id="export_projects", summary="Export projects as CSV", **CSV)
async def export_projects(
    export: Annotated[Export, requires_export(PROJECTS_READ)],
    wanted: Annotated[ProjectFilter, filtering(ProjectFilter)],
    sort: Annotated[str, sorting(PROJECTS)],
) -> Response:
    """Stream all projects that match the filters. Clients get their own."""
    return export.of(PROJECTS_CSV, sort, **wanted.values())


@router.post("/api/projects", operation_id="create_project", summary="Create a project", status_code=201)
async def create(
    body: NewProject,
    work: Annotated[UnitOfWork, requires(PROJECTS_CREATE)],
    business: Annotated[Business, provided(Business)],
    response: Response,
) -> ProjectOut:
    """Create a project in the status `DRAFT`. It gets the next project code of the year."""
    project, organization = await create_project(work, business, org_id=body.org_id, content=body.to_content())
    tag(response, project.revision)
    return ProjectOut.of(project, OrganizationRef.map_from(organization), work.now())


@router.get("/api/projects/{project_id}", operation_id="get_project", summary="Retrieve a project")
async def get_project(
    project: Annotated[Project, project_shown_for(PROJECTS_READ)],
    work: Annotated[UnitOfWork, requires(PROJECTS_READ)],
    response: Response,
) -> ProjectOut:
    """Return a project, with its revision as `ETag`."""
    tag(response, project.revision)
    return (await _answers(work, [project]))[0]


@router.patch(
    "/api/projects/{project_id}",
    operation_id="update_project",
    summary="Update a project",
    problems=[IllegalTransition, PreconditionFailed],
)
async def update(
    project: Annotated[Project, project_for(PROJECTS_UPDATE)],
    body: ProjectEdit,
    work: Annotated[UnitOfWork, requires(PROJECTS_UPDATE)],
    response: Response,
    expected: IfMatch = None,
) -> ProjectOut:
    """Change the title, description or status. Either all changes are made or none."""
    await update_project(work, project, body.apply(project), status=body.status, expected=expected)
    tag(response, project.revision)
    return (await _answers(work, [project]))[0]


@router.post(
    "/api/projects/{project_id}/status",
    operation_id="change_project_status",
    summary="Change a project's status",
    problems=[IllegalTransition, PreconditionFailed],
)
async def change_project_status(
    project: Annotated[Project, project_for(PROJECTS_UPDATE)],
    body: StatusChange,
    work: Annotated[UnitOfWork, requires(PROJECTS_UPDATE)],
    response: Response,
    expected: IfMatch = None,
) -> ProjectOut:
    """Move the project to its next status, or with `override` and a `reason` to any status."""
    await change_status(work, project, body.status, override=body.override, reason=body.reason, expected=expected)
    tag(response, project.revision)
    return (await _answers(work, [project]))[0]


@router.get(
    "/api/projects/{project_id}/activity",
    operation_id="list_project_activity",
    summary="List a project's activity",
)
async def list_project_activity(
    project: Annotated[Project, project_shown_for(PROJECTS_READ)],
    work: Annotated[UnitOfWork, requires(PROJECTS_READ)],
    query: Annotated[PageQuery, paging(ACTIVITY_LIST)],
    business: Annotated[Business, provided(Business)],
    catalog: Annotated[ActivityCatalog, provided(ActivityCatalog)],
    visibility: Annotated[
        Literal[Visibility.CLIENT] | None, Query(description="`CLIENT`: only what the client sees too.")
    ] = None,
) -> Page[ActivityOut]:
    """Return what happened to the project, newest first. Clients see what concerns them.

    The runs of a workflow on one day, in the time zone of the business, are one item.
    """
    activities = await activity_of(
        work,
        catalog,
        project_subject(project.id),
        query,
        zone=business.timezone,
        as_client=visibility is Visibility.CLIENT,
    )
    return activities.to_page([ActivityOut.of(activity, project.id) for activity in activities.rows])
