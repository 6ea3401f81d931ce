"""Who may do what in workflows: operators build them, members watch them; callbacks are signed by the engine."""

import json
import uuid

from tests.features.projects.builders import build_project
from tests.features.workflows.builders import (
    WORKFLOW_FILE,
    build_environment,
    build_paused_workflow,
    build_template,
    build_workflow,
    sign_callback,
)
from tests.security.call import Call, about, plain
from tests.security.row import ELSE, SIGNED_IN, Row, public
from tests.security.world import World


async def _create_environment(world: World) -> Call:
    return Call(json={"name": world.word("Server"), "base_url": "https://n8n.example.com", "api_key": "key"})


async def _create_template(world: World) -> Call:
    return Call(json={"name": world.word("Flow"), "definition": WORKFLOW_FILE})


async def _deploy(world: World) -> Call:
    return Call(
        json={
            "project_id": await build_project(world, "APPROVED"),
            "template_id": await build_template(world),
            "environment_id": await build_environment(world),
        }
    )


async def _callback(world: World) -> Call:
    payload = json.dumps({"execution_id": uuid.uuid4().hex, "status": "SUCCESS"}).encode()
    return Call({"workflow_id": await build_workflow(world)}, content=payload, headers=sign_callback(payload))


ROWS = (
    Row("list_workflow_environments", SIGNED_IN, {200: "OPE", 403: ELSE}, fuzz={200, 400, 422}),
    Row("export_environments", SIGNED_IN, {200: "OPE", 403: ELSE}, fuzz={200, 400, 422}),
    Row(
        "create_workflow_environment",
        SIGNED_IN,
        {201: "OPE", 403: ELSE},
        no_csrf=403,
        call=_create_environment,
        fuzz={201, 400, 422},
    ),
    Row(
        "get_workflow_environment",
        SIGNED_IN,
        {200: "OPE", 403: ELSE},
        unknown=404,
        call=about("environment_id", build_environment),
        fuzz={200, 404, 422},
    ),
    Row(
        "update_workflow_environment",
        SIGNED_IN,
        {200: "OPE", 403: ELSE},
        no_csrf=403,
        unknown=404,
        call=about("environment_id", build_environment, {"is_active": False}),
        fuzz={200, 400, 404, 412, 422},
    ),
    Row(
        "delete_workflow_environment",
        SIGNED_IN,
        {204: "OPE", 403: ELSE},
        no_csrf=403,
        unknown=404,
        call=about("environment_id", build_environment),
        fuzz={204, 404, 409, 422},
    ),
    Row(
        "test_workflow_environment",
        SIGNED_IN,
        {200: "OPE", 403: ELSE},
        no_csrf=403,
        unknown=404,
        call=about("environment_id", build_environment),
        fuzz={200, 400, 404, 422},
    ),
    Row("list_workflow_templates", SIGNED_IN, {200: "OPE", 403: ELSE}, fuzz={200, 400, 422}),
    Row("export_workflow_templates", SIGNED_IN, {200: "OPE", 403: ELSE}, fuzz={200, 400, 422}),
    Row(
        "create_workflow_template",
        SIGNED_IN,
        {201: "OPE", 403: ELSE},
        no_csrf=403,
        call=_create_template,
        fuzz={201, 400, 422},
        fuzz_keeps={"definition"},
    ),
    Row(
        "inspect_workflow_file",
        SIGNED_IN,
        {200: "OPE", 403: ELSE},
        no_csrf=403,
        call=plain({"definition": WORKFLOW_FILE}),
        fuzz={200, 400, 422},
        fuzz_keeps={"definition"},
    ),
    Row(
        "get_workflow_template",
        SIGNED_IN,
        {200: "OPE", 403: ELSE},
        unknown=404,
        call=about("template_id", build_template),
        fuzz={200, 404, 422},
    ),
    Row(
        "update_workflow_template",
        SIGNED_IN,
        {200: "OPE", 403: ELSE},
        no_csrf=403,
        unknown=404,
        call=about("template_id", build_template, {"description": "Better"}),
        fuzz={200, 400, 404, 409, 422},
    ),
    Row(
        "archive_workflow_template",
        SIGNED_IN,
        {204: "OPE", 403: ELSE},
        no_csrf=403,
        unknown=404,
        call=about("template_id", build_template),
        fuzz={204, 404, 409, 422},
    ),
    Row("list_workflows", SIGNED_IN, {200: "OPE OWN ADM USE fOW fAD fUS", 403: ELSE}, fuzz={200, 400, 422}),
    Row("export_workflows", SIGNED_IN, {200: "OPE OWN ADM USE fOW fAD fUS", 403: ELSE}, fuzz={200, 400, 422}),
    Row(
        "deploy_workflow",
        SIGNED_IN,
        {202: "OPE", 403: ELSE},
        no_csrf=403,
        call=_deploy,
        fuzz={202, 400, 409, 422},
        fuzz_keeps={"project_id", "template_id", "environment_id"},
    ),
    Row(
        "get_workflow",
        SIGNED_IN,
        {200: "OPE OWN ADM USE", 404: "fOW fAD fUS", 403: ELSE},
        unknown=404,
        call=about("workflow_id", build_workflow),
        fuzz={200, 404, 422},
    ),
    Row(
        "remove_workflow",
        SIGNED_IN,
        {202: "OPE", 403: ELSE},
        no_csrf=403,
        unknown=404,
        call=about("workflow_id", build_workflow),
        fuzz={202, 404, 409, 422},
    ),
    Row(
        "trigger_workflow",
        SIGNED_IN,
        {202: "OPE", 403: ELSE},
        no_csrf=403,
        unknown=404,
        call=about("workflow_id", build_workflow, {"payload": {"name": "Thandi", "budget": 25000}}),
        fuzz={202, 400, 404, 409, 422},
    ),
    Row(
        "pause_workflow",
        SIGNED_IN,
        {200: "OPE", 403: ELSE},
        no_csrf=403,
        unknown=404,
        call=about("workflow_id", build_workflow),
        fuzz={200, 400, 404, 409, 422},
    ),
    Row(
        "resume_workflow",
        SIGNED_IN,
        {200: "OPE", 403: ELSE},
        no_csrf=403,
        unknown=404,
        call=about("workflow_id", build_paused_workflow),
        fuzz={200, 400, 404, 409, 422},
    ),
    Row(
        "redeploy_workflow",
        SIGNED_IN,
        {202: "OPE", 403: ELSE},
        no_csrf=403,
        unknown=404,
        call=about("workflow_id", build_workflow, {"parameters": {}}),
        fuzz={202, 400, 404, 409, 422},
    ),
    Row(
        "list_workflow_executions",
        SIGNED_IN,
        {200: "OPE OWN ADM USE", 404: "fOW fAD fUS", 403: ELSE},
        unknown=404,
        call=about("workflow_id", build_workflow),
        fuzz={200, 400, 404, 422},
    ),
    Row(
        "export_executions",
        SIGNED_IN,
        {200: "OPE OWN ADM USE", 404: "fOW fAD fUS", 403: ELSE},
        unknown=404,
        call=about("workflow_id", build_workflow),
        fuzz={200, 400, 404, 422},
    ),
    Row(
        "receive_n8n_callback",
        public(200),
        {200: ELSE},
        no_csrf=200,
        unknown=401,
        call=_callback,
        proof_headers={"x-signature", "x-timestamp"},
        fuzz={200, 400, 401, 404, 422},
        keyless="runs have ids of their own",
    ),
)
