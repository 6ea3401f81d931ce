"""HTTP: what workflows tell at their end."""

from typing import Annotated

from fastapi import Header

from capecontrol.core.actor import Actor
from capecontrol.core.db.scope import OrganizationScope
from capecontrol.core.http import PathId, Router, public
from capecontrol.core.http.signed_body import SignedBody, SignedHeader, raw_body
from capecontrol.core.problems import Invalid, TooLarge
from capecontrol.core.work import Units
from capecontrol.features.workflows.actions.receive_callback import ReportedRun, receive_callback, verify_callback
from capecontrol.features.workflows.errors import CallbackRefused, TooManyRuns
from capecontrol.features.workflows.schemas.callbacks import Callback, CallbackReceipt

router = Router("workflows")

#: What a callback may tell at the most, in bytes: an error's 4,000 characters, written as escapes, are 48,000. Each is
#: kept as it came for ninety days.
SIZE_MAX = 64 * 1024

#: Who acts where a callback's signature holds.
ENGINE = Actor.system("n8n")

CALLBACK = SignedBody(
    Callback,
    headers=(
        SignedHeader("X-Timestamp", "^[0-9]{1,11}$", "Seconds since 1970; 300 seconds old or ahead at most."),
        SignedHeader(
            "X-Signature",
            "^sha256=[0-9a-f]{64}$",
            "HMAC-SHA256 of `timestamp.body` with the workflow's secret, in hex.",
        ),
    ),
)


@router.post(
    "/api/webhooks/n8n/{workflow_id}",
    operation_id="receive_n8n_callback",
    summary="Receive a workflow's callback",
    problems=[CallbackRefused, Invalid, TooLarge, TooManyRuns],
    openapi_extra=CALLBACK.openapi(),
)
async def receive(
    workflow_id: PathId,
    units: Annotated[Units, public(csrf=False, takes_key=False)],
    raw: Annotated[bytes, raw_body(size_max=SIZE_MAX)],
    x_timestamp: Annotated[str, Header(include_in_schema=False)] = "",
    x_signature: Annotated[str, Header(include_in_schema=False)] = "",
) -> CallbackReceipt:
    """Record how a run ended. Repeated callbacks change nothing."""
    org_id = await verify_callback(units, workflow_id, raw, x_timestamp, x_signature)
    callback = CALLBACK.read(raw)
    async with units.open(OrganizationScope(org_id), actor=ENGINE) as work:
        received = await receive_callback(work, workflow_id, ReportedRun(**dict(callback)), raw)
    return CallbackReceipt.map_from(received)
