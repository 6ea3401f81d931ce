"""HTTP: workflow templates."""

from typing import Annotated

from starlette.responses import Response

from capecontrol.core.http import Router, requires
from capecontrol.core.http.export import CSV, Export, requires_export
from capecontrol.core.http.filtering import filtering
from capecontrol.core.http.lookup import lookup
from capecontrol.core.http.paging import paging, sorting
from capecontrol.core.lists.pagination import Page, PageQuery
from capecontrol.core.work import UnitOfWork
from capecontrol.features.workflows.actions.archive_template import archive_template
from capecontrol.features.workflows.actions.edit_template import edit_template
from capecontrol.features.workflows.actions.import_template import import_template
from capecontrol.features.workflows.actions.inspect_file import inspect_file
from capecontrol.features.workflows.dao.templates import TEMPLATES, TemplateDao
from capecontrol.features.workflows.errors import TemplateSuperseded
from capecontrol.features.workflows.export import TEMPLATES_CSV
from capecontrol.features.workflows.filters import TemplateFilter
from capecontrol.features.workflows.models import WorkflowTemplate
from capecontrol.features.workflows.permissions import TEMPLATES_MANAGE
from capecontrol.features.workflows.schemas.templates import (
    Inspection,
    InspectionOut,
    NewTemplate,
    TemplateEdit,
    TemplateOut,
    TemplateSummary,
)

router = Router("workflows")

template_for = lookup("template_id", lambda work, template_id: TemplateDao(work).require(template_id))


@router.get("/api/workflows/templates", operation_id="list_workflow_templates", summary="List workflow templates")
async def list_templates(
    work: Annotated[UnitOfWork, requires(TEMPLATES_MANAGE)],
    wanted: Annotated[TemplateFilter, filtering(TemplateFilter)],
    query: Annotated[PageQuery, paging(TEMPLATES)],
) -> Page[TemplateSummary]:
    """Return the current version of each template, newest first by default."""
    rows = await TemplateDao(work).current(wanted, query)
    return rows.to_page([TemplateSummary.map_from(row) for row in rows.rows])


@router.get(
    "/api/workflows/templates/export.csv",
    operation_id="export_workflow_templates",
    summary="Export workflow templates as CSV",
    **CSV,
)
async def export_workflow_templates(
    export: Annotated[Export, requires_export(TEMPLATES_MANAGE)],
    wanted: Annotated[TemplateFilter, filtering(TemplateFilter)],
    sort: Annotated[str, sorting(TEMPLATES)],
) -> Response:
    """Stream the current version of each template."""
    return export.of(TEMPLATES_CSV, sort, **wanted.values())


@router.post(
    "/api/workflows/templates",
    operation_id="create_workflow_template",
    summary="Create a workflow template",
    status_code=201,
)
async def create(body: NewTemplate, work: Annotated[UnitOfWork, requires(TEMPLATES_MANAGE)]) -> TemplateOut:
    """Create a template from an n8n workflow file and choose the values that each deployment sets."""
    template = await import_template(
        work,
        name=body.name,
        description=body.description,
        category=body.category,
        definition=body.definition,
        parameters=[one.to_parameter() for one in body.parameters],
    )
    return TemplateOut.map_from(template)


@router.post(
    "/api/workflows/templates/inspect",
    operation_id="inspect_workflow_file",
    summary="Inspect a workflow file",
)
async def inspect(body: Inspection, work: Annotated[UnitOfWork, requires(TEMPLATES_MANAGE)]) -> InspectionOut:
    """Return the values of an n8n workflow file that can become parameters. Nothing is stored."""
    return InspectionOut.map_from(await inspect_file(work, body.definition))


@router.get(
    "/api/workflows/templates/{template_id}",
    operation_id="get_workflow_template",
    summary="Retrieve a workflow template",
)
async def get_template(template: Annotated[WorkflowTemplate, template_for(TEMPLATES_MANAGE)]) -> TemplateOut:
    """Return one version of a template, with its definition."""
    return TemplateOut.map_from(template)


@router.patch(
    "/api/workflows/templates/{template_id}",
    operation_id="update_workflow_template",
    summary="Update a workflow template",
    problems=[TemplateSuperseded],
)
async def edit(
    template: Annotated[WorkflowTemplate, template_for(TEMPLATES_MANAGE)],
    body: TemplateEdit,
    work: Annotated[UnitOfWork, requires(TEMPLATES_MANAGE)],
) -> TemplateOut:
    """Create a new version of a template. Deployed workflows keep their version."""
    version = await edit_template(
        work,
        template,
        name=body.name,
        description=body.description,
        category=body.category,
        definition=body.definition,
        parameters=[one.to_parameter() for one in body.parameters] if body.parameters is not None else None,
    )
    return TemplateOut.map_from(version)


@router.delete(
    "/api/workflows/templates/{template_id}",
    operation_id="archive_workflow_template",
    summary="Archive a workflow template",
    status_code=204,
    problems=[TemplateSuperseded],
)
async def archive(
    template: Annotated[WorkflowTemplate, template_for(TEMPLATES_MANAGE)],
    work: Annotated[UnitOfWork, requires(TEMPLATES_MANAGE)],
) -> None:
    """Remove a template from the library. Deployed workflows keep running."""
    await archive_template(work, template)
