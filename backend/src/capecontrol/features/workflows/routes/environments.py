"""HTTP: the n8n servers."""

from typing import Annotated

from starlette.responses import Response

from capecontrol.core.http import PathId, Router, provided, requires, requires_units
from capecontrol.core.http.etag import IfMatchContent, tag_content
from capecontrol.core.http.export import CSV, Export, requires_export
from capecontrol.core.http.filtering import filtering
from capecontrol.core.http.limits import Limit, Subject
from capecontrol.core.http.lookup import lookup
from capecontrol.core.http.paging import paging, sorting
from capecontrol.core.lists.pagination import Page, PageQuery
from capecontrol.core.problems import PreconditionFailed
from capecontrol.core.work import UnitOfWork, Units
from capecontrol.features.workflows.actions.check_environment import check_environment
from capecontrol.features.workflows.actions.connect_environment import connect_environment
from capecontrol.features.workflows.actions.delete_environment import delete_environment
from capecontrol.features.workflows.actions.edit_environment import edit_environment, tag_of
from capecontrol.features.workflows.dao.environments import ENVIRONMENTS, EnvironmentDao
from capecontrol.features.workflows.errors import EnvironmentChanged, EnvironmentInUse
from capecontrol.features.workflows.export import ENVIRONMENTS_CSV
from capecontrol.features.workflows.filters import EnvironmentFilter
from capecontrol.features.workflows.models import N8nEnvironment
from capecontrol.features.workflows.permissions import ENVIRONMENTS_MANAGE
from capecontrol.features.workflows.ports import AutomationEngine
from capecontrol.features.workflows.schemas.environments import EnvironmentEdit, EnvironmentOut, NewEnvironment

router = Router("workflows")

#: Each asks an n8n server, and waits for it.
CONNECTIONS = Limit("environment-checks", per_second=1, burst=30, by=Subject.ACTOR)

Engine = Annotated[AutomationEngine, provided(AutomationEngine)]


environment_for = lookup("environment_id", lambda work, environment_id: EnvironmentDao(work).require(environment_id))


@router.get("/api/workflows/environments", operation_id="list_workflow_environments", summary="List n8n servers")
async def list_environments(
    work: Annotated[UnitOfWork, requires(ENVIRONMENTS_MANAGE)],
    wanted: Annotated[EnvironmentFilter, filtering(EnvironmentFilter)],
    query: Annotated[PageQuery, paging(ENVIRONMENTS)],
) -> Page[EnvironmentOut]:
    """Return the connected n8n servers, newest first by default."""
    rows = await EnvironmentDao(work).search(wanted, query)
    return rows.to_page([EnvironmentOut.of(row) for row in rows.rows])


@router.get(
    "/api/workflows/environments/export.csv",
    operation_id="export_environments",
    summary="Export n8n servers as CSV",
    **CSV,
)
async def export_environments(
    export: Annotated[Export, requires_export(ENVIRONMENTS_MANAGE)],
    wanted: Annotated[EnvironmentFilter, filtering(EnvironmentFilter)],
    sort: Annotated[str, sorting(ENVIRONMENTS)],
) -> Response:
    """Stream all connected n8n servers, without their API keys."""
    return export.of(ENVIRONMENTS_CSV, sort, **wanted.values())


@router.post(
    "/api/workflows/environments",
    operation_id="create_workflow_environment",
    summary="Connect an n8n server",
    status_code=201,
)
async def connect(
    body: NewEnvironment,
    units: Annotated[Units, requires_units(ENVIRONMENTS_MANAGE, limit=CONNECTIONS)],
    engine: Engine,
) -> EnvironmentOut:
    """Store the server with its encrypted API key and test the connection. It is stored even if the test fails."""
    row = await connect_environment(
        units, engine, name=body.name, base_url=body.base_url, api_key=body.api_key, is_active=body.is_active
    )
    return EnvironmentOut.of(row)


@router.get(
    "/api/workflows/environments/{environment_id}",
    operation_id="get_workflow_environment",
    summary="Retrieve an n8n server",
)
async def get_environment(
    environment: Annotated[N8nEnvironment, environment_for(ENVIRONMENTS_MANAGE)], response: Response
) -> EnvironmentOut:
    """Return a connected n8n server, without its API key."""
    tag_content(response, tag_of(environment))
    return EnvironmentOut.of(environment)


@router.patch(
    "/api/workflows/environments/{environment_id}",
    operation_id="update_workflow_environment",
    summary="Update an n8n server",
    problems=[PreconditionFailed],
)
async def edit(
    environment: Annotated[N8nEnvironment, environment_for(ENVIRONMENTS_MANAGE)],
    body: EnvironmentEdit,
    work: Annotated[UnitOfWork, requires(ENVIRONMENTS_MANAGE, limit=CONNECTIONS)],
    engine: Engine,
    response: Response,
    expected: IfMatchContent = None,
) -> EnvironmentOut:
    """Change the name, address or API key, or activate or deactivate the server."""
    await edit_environment(
        work,
        engine,
        environment,
        name=body.name,
        base_url=body.base_url,
        api_key=body.api_key,
        is_active=body.is_active,
        expected=expected,
    )
    tag_content(response, tag_of(environment))
    return EnvironmentOut.of(environment)


@router.delete(
    "/api/workflows/environments/{environment_id}",
    operation_id="delete_workflow_environment",
    summary="Delete an n8n server",
    status_code=204,
    problems=[EnvironmentInUse],
)
async def delete(
    environment: Annotated[N8nEnvironment, environment_for(ENVIRONMENTS_MANAGE)],
    work: Annotated[UnitOfWork, requires(ENVIRONMENTS_MANAGE)],
) -> None:
    """Delete a server that no workflow was ever deployed to, and its API key."""
    await delete_environment(work, environment)


@router.post(
    "/api/workflows/environments/{environment_id}/test",
    operation_id="test_workflow_environment",
    summary="Test the connection to an n8n server",
    problems=[EnvironmentChanged],
)
async def check(
    environment_id: PathId,
    units: Annotated[Units, requires_units(ENVIRONMENTS_MANAGE, limit=CONNECTIONS)],
    engine: Engine,
) -> EnvironmentOut:
    """Connect to the server with the stored API key and record the result."""
    return EnvironmentOut.of(await check_environment(units, engine, environment_id))
