"""Routes of the tests' own, on every surface of the product's contract."""

import uuid
from typing import Annotated

from fastapi import Form, Request, Response, UploadFile
from pydantic import Field

from capecontrol.core.http import Line, RequestBody, ResponseBody, Router, authenticated, public, requires
from capecontrol.core.http.access import optional, requires_units
from capecontrol.core.http.body_types import (
    CLOUD_EVENT,
    CLOUD_EVENT_BATCH,
    CLOUD_EVENT_BINARY,
    JSON,
    NDJSON,
)
from capecontrol.core.http.limits import Limit, Subject
from capecontrol.core.http.payload import Payload
from capecontrol.core.http.reads import payload
from capecontrol.core.http.surface import MACHINE, OAUTH, OFREP, SCIM
from capecontrol.core.permissions import BILL_READ, FLAG_READ, LOG_WRITE
from capecontrol.core.work import UnitOfWork, Units
from capecontrol.features.identity.errors import OrganizationSuspended
from capecontrol.features.projects.permissions import PROJECTS_CREATE, PROJECTS_READ

#: Two and no more, for as long as a test takes.
SLOW = {"per_second": 0.001, "burst": 2}


class Said(ResponseBody):
    said: object = None


class Note(RequestBody):
    text: Line


class TokenForm(RequestBody):
    grant_type: Line


class Evaluation(RequestBody):
    context: Annotated[dict[str, Line], Field(default_factory=dict)]


browser = Router("probe")
machine = Router("probe", surface=MACHINE)
ofrep = Router("probe", surface=OFREP)
oauth = Router("probe", surface=OAUTH)
scim = Router("probe", surface=SCIM)
ROUTERS = (browser, machine, ofrep, oauth, scim)


# --- callers: who may, and for which organization ------------------------------------------------------------------


@machine.get("/v1/probe/flags", operation_id="probe_flags", summary="Demand a scope")
async def probe_flags(units: Annotated[Units, requires_units(FLAG_READ)]) -> Said:
    return Said(said=str(units.actor.label))


@machine.get("/v1/probe/cookies", operation_id="probe_cookies", summary="Show what cookies a machine's route sees")
async def probe_cookies(request: Request, _units: Annotated[Units, public()]) -> Said:
    return Said(said=[dict(request.cookies), request.headers.get("cookie")])


@machine.post("/v1/probe/logs", operation_id="probe_logs", summary="Demand a scope; open while suspended")
async def probe_logs(
    _units: Annotated[Units, requires_units(LOG_WRITE, while_blocked=(OrganizationSuspended,))],
) -> Said:
    return Said()


@machine.get("/v1/probe/orgs/{org_id}", operation_id="probe_organization", summary="Act for a named organization")
async def probe_organization(org_id: uuid.UUID, units: Annotated[Units, requires_units(BILL_READ)]) -> Said:
    async with units.of_organization(org_id).open() as work:
        return Said(said=str(work.org_id))


@machine.get("/v1/probe/unit", operation_id="probe_unit", summary="Open the one unit of a request")
async def probe_unit(work: Annotated[UnitOfWork, requires(BILL_READ)]) -> Said:
    return Said(said=str(work.org_id))


@machine.get("/v1/probe/optional", operation_id="probe_optional", summary="Serve anybody, and know who calls")
async def probe_optional(units: Annotated[Units, optional()]) -> Said:
    return Said(said=units.actor.label)


# --- errors ---------------------------------------------------------------------------------------------------------


@machine.post("/v1/probe/note", operation_id="probe_note", summary="Take a note")
async def probe_note(body: Note, _units: Annotated[Units, public()]) -> Said:
    return Said(said=body.text)


@machine.get("/v1/probe/broken", operation_id="probe_broken", summary="Fail")
async def probe_broken(_units: Annotated[Units, public()]) -> Said:
    raise RuntimeError("a secret detail of the inside")


@ofrep.post("/ofrep/v1/probe/broken", operation_id="probe_ofrep_broken", summary="Fail")
async def probe_ofrep_broken(_units: Annotated[Units, public()]) -> Said:
    raise RuntimeError("a secret detail of the inside")


@ofrep.post("/ofrep/v1/probe/{key}", operation_id="probe_evaluation", summary="Evaluate a flag")
async def probe_evaluation(key: str, body: Evaluation, _units: Annotated[Units, requires_units(FLAG_READ)]) -> Said:
    return Said(said=[key, body.context])


@oauth.post("/oauth2/probe", operation_id="probe_token", summary="Take a form")
async def probe_token(body: Annotated[TokenForm, Form()], _units: Annotated[Units, public(takes_key=False)]) -> Said:
    return Said(said=body.grant_type)


@oauth.get("/oauth2/probe/mine", operation_id="probe_userinfo", summary="Demand a caller")
async def probe_userinfo(_units: Annotated[Units, authenticated()]) -> Said:
    return Said()


@oauth.get("/oauth2/probe/broken", operation_id="probe_oauth_broken", summary="Fail")
async def probe_oauth_broken(_units: Annotated[Units, public()]) -> Said:
    raise RuntimeError("a secret detail of the inside")


@scim.post("/scim/v2/probe", operation_id="probe_scim", summary="Take a note")
async def probe_scim(body: Note, _units: Annotated[Units, public()]) -> Said:
    return Said(said=body.text)


@scim.get("/scim/v2/probe/mine", operation_id="probe_scim_mine", summary="Demand a caller")
async def probe_scim_mine(_units: Annotated[Units, authenticated()]) -> Said:
    return Said()


@scim.get("/scim/v2/probe/broken", operation_id="probe_scim_broken", summary="Fail")
async def probe_scim_broken(_units: Annotated[Units, public()]) -> Said:
    raise RuntimeError("a secret detail of the inside")


# --- bodies ---------------------------------------------------------------------------------------------------------

#: The routes below take keys of this scope only, so that the envelope can be seen to come first.
EVENTS = BILL_READ


@machine.post("/v1/probe/events", operation_id="probe_events", summary="Take events in any form")
async def probe_events(
    sent: Annotated[Payload, payload(CLOUD_EVENT_BINARY, JSON, CLOUD_EVENT, CLOUD_EVENT_BATCH, NDJSON, gzip=True)],
    _units: Annotated[Units, requires_units(EVENTS)],
) -> Said:
    return Said(said=sent.items)


@browser.post("/api/probe/things", operation_id="probe_thing", summary="Make a thing and say where", status_code=201)
async def probe_thing(response: Response, _work: Annotated[UnitOfWork, requires(PROJECTS_CREATE)]) -> Said:
    thing = uuid.uuid4()
    response.headers.update({"Location": f"/api/probe/things/{thing}", "ETag": f'"{thing}"'})
    return Said(said=str(thing))


@browser.post("/api/probe/upload", operation_id="probe_upload", summary="Take a file")
async def probe_upload(
    file: UploadFile, title: Annotated[Line, Form()], _units: Annotated[Units, requires_units(PROJECTS_CREATE)]
) -> Said:
    return Said(said=[title, file.filename, (await file.read()).decode()])


# --- limits ---------------------------------------------------------------------------------------------------------

BY_ADDRESS = Limit("probe-address", **SLOW)
BY_ACTOR = Limit("probe-actor", **SLOW, by=Subject.ACTOR)
BY_KEY = Limit("probe-key", **SLOW, by=Subject.KEY)
BY_ORGANIZATION = Limit("probe-organization", **SLOW, by=Subject.ORGANIZATION)


@browser.get("/api/probe/by-address", operation_id="probe_by_address", summary="Count by address")
async def probe_by_address(_units: Annotated[Units, requires_units(PROJECTS_READ, limit=BY_ADDRESS)]) -> Said:
    return Said()


@browser.get("/api/probe/by-actor", operation_id="probe_by_actor", summary="Count by person")
async def probe_by_actor(_work: Annotated[UnitOfWork, requires(PROJECTS_READ, limit=BY_ACTOR)]) -> Said:
    return Said()


@browser.get("/api/probe/by-both", operation_id="probe_by_both", summary="Count by person and organization")
async def probe_by_both(
    _units: Annotated[Units, optional(limit=(Limit("probe-wide", 0.001, 100), BY_ORGANIZATION))],
) -> Said:
    return Said()


@machine.get("/v1/probe/by-key", operation_id="probe_by_key", summary="Count by key")
async def probe_by_key(_units: Annotated[Units, authenticated(limit=BY_KEY)]) -> Said:
    return Said()


@machine.get("/v1/probe/by-organization", operation_id="probe_by_organization", summary="Count by organization")
async def probe_by_organization(_units: Annotated[Units, authenticated(limit=BY_ORGANIZATION)]) -> Said:
    return Said()
