"""How each operation is called so that it would succeed: its path, its body, and a thing of its own."""

import hashlib
import hmac
import json
import time
import uuid
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from redis.asyncio import Redis

from capecontrol.adapters.email.local import LocalMailbox
from capecontrol.core.crypto import new_secret
from capecontrol.core.permissions import Role
from capecontrol.features.notifications.ports import MailAttachment, OutgoingMail
from capecontrol.features.workflows.lifecycle import WorkflowStatus
from capecontrol.main.http.health import WORKER_HEARTBEAT
from tests.people import PASSWORD
from tests.security.world import FILE, LINES, World

STRIPE_SECRET = "whsec_for_tests"


@dataclass(frozen=True)
class Call:
    """One request. ``ids`` fill the path, ``content`` is a raw body."""

    ids: Mapping[str, str] = field(default_factory=dict)
    json: Any = None
    content: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)

    def elsewhere(self) -> "Call":
        """The same call about a thing that does not exist."""
        ids = {name: _unknown(name) for name in self.ids}
        return Call(ids, self.json, self.content, self.headers, self.query)


def _unknown(name: str) -> str:
    return new_secret() if name == "token" else str(uuid.uuid4())


Maker = Callable[[World], Awaitable[Call]]


def plain(json_body: Any = None, **query: str) -> Maker:
    """A call that needs no thing."""

    async def make(world: World) -> Call:
        del world
        return Call(json=json_body, query=query)

    return make


def about(name: str, thing: Callable[[World], Awaitable[str]], json_body: Any = None) -> Maker:
    """A call about one thing, whose id stands in the path."""

    async def make(world: World) -> Call:
        return Call({name: await thing(world)}, json=json_body)

    return make


async def _register(world: World) -> Call:
    name = f"{uuid.uuid4().hex[:12]}"
    return Call(json={"email": f"{name}@new.test", "password": "Lighthouse-7", "organization_name": f"New {name}"})


async def _verify(world: World) -> Call:
    return Call(json={"token": await world.verification_token()})


async def _resend(world: World) -> Call:
    return Call(json={"email": await world.waiting_address()})


async def _login(world: World) -> Call:
    return Call(json={"email": (await world.member(Role.OWNER)).email, "password": PASSWORD})


async def _refresh(world: World) -> Call:
    person = await world.member(Role.OWNER)
    answer = await world.people.stranger().post("/api/auth/login", {"email": person.email, "password": PASSWORD})
    return Call(json={"refresh_token": answer.json()["refresh_token"]})


async def _ready(world: World) -> Call:
    await world.people.ports.get(Redis).set(WORKER_HEARTBEAT, "1", ex=60)
    return Call()


async def _create_project(world: World) -> Call:
    return Call(json={"org_id": str(world.own), "title": world.word()})


async def _create_proposal(world: World) -> Call:
    return Call(json={"project_id": await world.project(), "title": world.word(), "line_items": LINES})


async def _draft(world: World) -> str:
    return await world.proposal()


async def _sent(world: World) -> str:
    return await world.proposal("SENT")


async def _approved(world: World) -> str:
    return await world.proposal("APPROVED")


async def _paused(world: World) -> str:
    return await world.workflow(WorkflowStatus.PAUSED)


async def _welcome(world: World) -> str:
    del world
    return "welcome"


async def _own_organization(world: World) -> str:
    return str(world.own)


async def _create_environment(world: World) -> Call:
    return Call(json={"name": world.word("Server"), "base_url": "https://n8n.example.com", "api_key": "key"})


async def _create_template(world: World) -> Call:
    return Call(json={"name": world.word("Flow"), "definition": FILE})


async def _deploy(world: World) -> Call:
    return Call(
        json={
            "project_id": await world.project("APPROVED"),
            "template_id": await world.template(),
            "environment_id": await world.environment(),
        }
    )


def sign_stripe(payload: bytes, *, moment: float | None = None, secret: str = STRIPE_SECRET) -> str:
    """The header of a webhook."""
    stamp = str(int(moment if moment is not None else time.time()))
    signed = hmac.new(secret.encode(), stamp.encode() + b"." + payload, hashlib.sha256).hexdigest()
    return f"t={stamp},v1={signed}"


def sign_n8n(payload: bytes, *, moment: float | None = None, secret: str = "secret") -> dict[str, str]:
    """The headers of a callback."""
    stamp = str(int(moment if moment is not None else time.time()))
    signed = hmac.new(secret.encode(), stamp.encode() + b"." + payload, hashlib.sha256).hexdigest()
    return {"X-Timestamp": stamp, "X-Signature": f"sha256={signed}", "Content-Type": "application/json"}


def stripe_event() -> bytes:
    """A webhook that hints at nothing that we know."""
    identifier = uuid.uuid4().hex
    return json.dumps(
        {
            "id": f"evt_{identifier}", "object": "event", "type": "balance.available", "created": int(time.time()),
            "api_version": "2026-01-01", "livemode": False, "data": {"object": {"object": "balance"}},
        }
    ).encode()  # fmt: skip


async def _stripe(world: World) -> Call:
    payload = stripe_event()
    headers = {"Stripe-Signature": sign_stripe(payload), "Content-Type": "application/json"}
    return Call(content=payload, headers=headers)


async def _n8n(world: World) -> Call:
    payload = json.dumps({"execution_id": uuid.uuid4().hex, "status": "SUCCESS"}).encode()
    return Call({"workflow_id": await world.workflow()}, content=payload, headers=sign_n8n(payload))


async def _mail(world: World) -> str:
    mailbox = world.people.ports.get(LocalMailbox)
    file = MailAttachment("canary.txt", "text/plain", b"canary")
    await mailbox.deliver(OutgoingMail(uuid.uuid4(), "somebody@people.test", "Subject", "Text", "<p>Text</p>", (file,)))
    return str((await mailbox.list_mails())[0].id)


async def _attachment(world: World) -> Call:
    return Call({"mail_id": await _mail(world), "index": "0"})


#: How to call what needs more than its path. Everything else is called by its path alone.
CALLS: Mapping[str, Maker] = {
    "get_readiness": _ready,
    "register": _register,
    "verify_email": _verify,
    "resend_verification": _resend,
    "discover_sign_in": plain(email="somebody@people.test"),
    "login": _login,
    "refresh_session": _refresh,
    "update_onboarding_profile": plain({"timezone": "Africa/Johannesburg"}),
    "complete_onboarding_step": about("step", _welcome),
    "get_organization": about("org_id", _own_organization),
    "create_project": _create_project,
    "get_project": about("project_id", World.project),
    "update_project": about("project_id", World.project, {"title": "Canary-7f3a renamed"}),
    "change_project_status": about("project_id", World.project, {"status": "PROPOSED"}),
    "list_project_activity": about("project_id", World.project),
    "create_proposal": _create_proposal,
    "view_shared_proposal": about("token", World.viewing_token),
    "download_shared_proposal": about("token", World.viewing_token),
    "get_proposal": about("proposal_id", _sent),
    "update_proposal": about("proposal_id", _draft, {"title": "Canary-7f3a renamed"}),
    "list_proposal_versions": about("proposal_id", _sent),
    "send_proposal": about("proposal_id", _draft),
    "approve_proposal": about("proposal_id", _sent),
    "request_proposal_changes": about("proposal_id", _sent, {"message": "Canary-7f3a, please"}),
    "decline_proposal": about("proposal_id", _sent),
    "download_proposal": about("proposal_id", _sent),
    "open_checkout": about("proposal_id", _approved),
    "get_payment_intent": about("payment_intent_id", World.payment_intent),
    "get_invoice": about("invoice_id", World.invoice),
    "get_invoice_pdf": about("invoice_id", World.invoice),
    "receive_stripe_webhook": _stripe,
    "create_workflow_environment": _create_environment,
    "get_workflow_environment": about("environment_id", World.environment),
    "update_workflow_environment": about("environment_id", World.environment, {"is_active": False}),
    "delete_workflow_environment": about("environment_id", World.environment),
    "test_workflow_environment": about("environment_id", World.environment),
    "create_workflow_template": _create_template,
    "inspect_workflow_file": plain({"definition": FILE}),
    "get_workflow_template": about("template_id", World.template),
    "update_workflow_template": about("template_id", World.template, {"description": "Better"}),
    "archive_workflow_template": about("template_id", World.template),
    "deploy_workflow": _deploy,
    "get_workflow": about("workflow_id", World.workflow),
    "remove_workflow": about("workflow_id", World.workflow),
    "trigger_workflow": about("workflow_id", World.workflow),
    "pause_workflow": about("workflow_id", World.workflow),
    "resume_workflow": about("workflow_id", _paused),
    "redeploy_workflow": about("workflow_id", World.workflow),
    "list_workflow_executions": about("workflow_id", World.workflow),
    "receive_n8n_callback": _n8n,
    "show_mail": about("mail_id", _mail),
    "show_letter": about("mail_id", _mail),
    "get_mail_attachment": _attachment,
    "advance_local_clock": plain({"advance_seconds": 0}),
}
