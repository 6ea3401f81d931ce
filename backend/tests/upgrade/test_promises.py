"""What a person of an older release holds in hand still works today: one test for each promise (`README.md`)."""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

import httpx
import stripe as stripe_sdk
from pydantic import JsonValue

from capecontrol.adapters.stripe.gateway import StripeGateway
from capecontrol.core.documents import PdfRenderer
from capecontrol.features.billing.ports import PaymentGateway
from capecontrol.features.billing.stripe import StripeWebhooks
from capecontrol.features.workflows.ports import AutomationEngine, EngineConnection, TriggerAck
from capecontrol.local.postgres import EmbeddedPostgres
from capecontrol.main.database.migration import Migrator
from tests.client import Client
from tests.plain_renderer import PlainRenderer
from tests.security.fakes import WillingEngine
from tests.upgrade.installation import Installation, Upgraded, missing
from tests.upgrade.story import signed


async def sign_in(client: Client, email: str, password: str) -> httpx.Response:
    answer = await client.post("/api/auth/login", {"email": email, "password": password})
    client.token = answer.json().get("access_token")
    return answer


async def mailed(upgraded: Upgraded) -> list[dict[str, Any]]:
    mails: list[dict[str, Any]] = (await upgraded.stranger().get("/api/dev/mailbox")).json()["items"]
    return mails


async def test_the_schema_is_todays(postgres: EmbeddedPostgres, migrated: str) -> None:
    migrator = Migrator(postgres.owner_dsn(migrated))
    assert (await migrator.status()).is_compatible
    assert (await migrator.status()).pending == ()
    assert await migrator.differences() is None


async def test_no_row_is_lost(upgraded: Upgraded) -> None:
    recorded = upgraded.held["rows"]
    found = {name: await upgraded.count(name) for name in recorded}
    assert {name: count for name, count in found.items() if count < recorded[name]} == {}


async def test_old_passwords_sign_in(upgraded: Upgraded) -> None:
    for person in upgraded.held["people"].values():
        client = upgraded.stranger()
        assert (await sign_in(client, person["email"], person["password"])).status_code == 200
        assert (await client.get("/api/auth/me")).json()["email"] == person["email"]


async def test_old_refresh_tokens_renew_their_sessions(upgraded: Upgraded) -> None:
    for person in upgraded.held["people"].values():
        client = upgraded.stranger()
        renewed = await client.post("/api/auth/refresh", {"refresh_token": person["refresh_token"]})
        assert renewed.status_code == 200, renewed.text
        client.token = renewed.json()["access_token"]
        assert (await client.get("/api/auth/me")).json()["email"] == person["email"]


async def test_an_old_cookie_renews_its_session(upgraded: Upgraded) -> None:
    client = upgraded.stranger()
    client.http.cookies.set("refresh_token", upgraded.held["people"]["owner"]["refresh_token"], path="/api/auth")
    assert (await client.post("/api/auth/refresh")).status_code == 200


async def test_a_refresh_token_that_was_used_then_ends_the_session_of_whoever_copied_it(upgraded: Upgraded) -> None:
    person, client = upgraded.held["people"]["owner"], upgraded.stranger()
    for token in (person["used_refresh_token"], person["refresh_token"]):
        assert (await client.post("/api/auth/refresh", {"refresh_token": token})).status_code == 401


async def test_a_page_that_was_open_goes_on(upgraded: Upgraded) -> None:
    """Its access token and its CSRF pair are of that day."""
    csrf = upgraded.held["people"]["operator"]["csrf_token"]
    client = upgraded.as_person("operator")
    client.http.cookies.set("csrftoken", csrf, path="/")
    body = {"org_id": upgraded.held["idempotent_request"]["body"]["org_id"], "title": "After the upgrade"}
    made = await client.post("/api/projects", body, csrf=False, headers={"X-CSRF-Token": csrf})
    assert made.status_code == 201, made.text
    codes = await upgraded.values("select code from projects order by code")
    assert made.json()["code"] == codes[-1], "the series of numbers goes on"


async def test_a_mailed_verification_link_verifies(upgraded: Upgraded) -> None:
    person, client = upgraded.held["unverified"], upgraded.stranger()
    token = {"token": person["verification_token"]}
    assert (await sign_in(client, person["email"], person["password"])).status_code == 403
    assert (await client.post("/api/auth/verify-email", token)).status_code == 200
    assert (await client.post("/api/auth/verify-email", token)).status_code == 400
    assert (await sign_in(client, person["email"], person["password"])).status_code == 200
    assert (await client.get("/api/auth/me")).json()["organization"]["id"] == person["org_id"]


async def test_onboarding_goes_on_where_it_stopped(upgraded: Upgraded) -> None:
    client = upgraded.as_person("halfway")
    assert (await client.get("/api/dashboard")).status_code == 403
    await client.patch("/api/onboarding/profile", {"job_title": "Kite maker", "timezone": "Africa/Johannesburg"})
    for step in ("profile", "checklist", "guide"):
        assert (await client.post(f"/api/onboarding/steps/{step}/complete")).status_code == 200
    assert (await client.get("/api/dashboard")).status_code == 200


async def test_a_viewing_link_shows_what_it_showed(upgraded: Upgraded) -> None:
    proposal = upgraded.held["open_proposal"]
    shown = await upgraded.stranger().get(f"/api/proposals/view/{proposal['viewing_token']}")
    assert shown.status_code == 200
    assert missing(proposal["viewed"], shown.json()) == []


async def test_the_client_approves_with_the_content_hash_of_that_day(upgraded: Upgraded) -> None:
    proposal, owner = upgraded.held["open_proposal"], upgraded.as_person("owner")
    path = f"/api/proposals/{proposal['id']}/approve"
    assert (await owner.post(path, {"content_hash": "0" * 64, "name": "Thandi Nkosi"})).status_code == 409
    approved = await owner.post(path, {"content_hash": proposal["content_hash"], "name": "Thandi Nkosi"})
    assert approved.status_code == 200, approved.text
    assert approved.json()["status"] == "APPROVED"
    assert approved.json()["total"] == proposal["total"]
    project = await upgraded.read("operator", f"/api/projects/{proposal['project_id']}")
    assert project["status"] == "APPROVED"


async def test_a_project_says_how_its_proposal_stood(upgraded: Upgraded) -> None:
    """The newest version that was sent, whatever has been drafted since."""
    projects = {one["title"]: one for one in (await upgraded.read("operator", "/api/projects?limit=100"))["items"]}
    titles = {
        "Forgotten offer": "EXPIRED",
        "Changed my mind": "CHANGES_REQUESTED",
        "Too dear": "DECLINED",
        "Still a draft": None,
        "Approved and unpaid": "APPROVED",
        "Open offer": "SENT",
    }
    assert {title: projects[title]["proposal_status"] for title in titles} == titles


async def test_a_project_knows_until_when_its_open_proposal_can_be_decided(upgraded: Upgraded) -> None:
    agreements = await upgraded.values(
        "select projects.proposal_valid_until = proposals.valid_until from proposals"
        " join projects on projects.id = proposals.project_id where proposals.status = 'SENT'"
    )
    assert set(agreements) == {True}


async def test_a_proposal_names_who_decided_on_it(upgraded: Upgraded) -> None:
    proposals = {one["title"]: one for one in (await upgraded.read("owner", "/api/proposals?limit=100"))["items"]}
    name = (await upgraded.read("owner", "/api/auth/me"))["full_name"]
    assert {proposals[title]["decided_by_name"] for title in ("Changed my mind", "Too dear")} == {name}
    assert proposals["Open offer"]["decided_by_name"] is None


async def test_files_are_what_they_were(upgraded: Upgraded) -> None:
    changed = []
    for document in upgraded.held["documents"]:
        answer = await upgraded.as_person("operator").get(document["path"])
        if (answer.status_code, hashlib.sha256(answer.content).hexdigest()) != (200, document["sha256"]):
            changed.append(document["path"])
    assert changed == []
    assert len(upgraded.held["documents"]) == len(list(upgraded.installation.objects.rglob("*.pdf"))) > 0


async def test_a_payment_that_needs_a_decision_still_does(upgraded: Upgraded) -> None:
    payments = (await upgraded.read("operator", "/api/billing/payments"))["items"]
    (waiting,) = [payment for payment in payments if payment["status"] == "UNAPPLIED"]
    assert missing(upgraded.held["unapplied_payment"], waiting) == []


class Provider:
    """Stripe, as it answered once the page was paid."""

    def __init__(self, session: dict[str, Any]) -> None:
        self.session = session

    def __call__(self, request: httpx.Request) -> httpx.Response:
        assert request.url.path == f"/v1/checkout/sessions/{self.session['id']}", request.url
        return httpx.Response(200, json=self.session)


async def test_the_webhook_of_an_open_payment_page_is_taken_and_makes_an_invoice(upgraded: Upgraded) -> None:
    opened, keys = upgraded.held["open_checkout"], upgraded.held["settings"]
    secret = keys["STRIPE_WEBHOOK_SECRET"]
    transport = httpx.MockTransport(Provider(opened["session"]))
    gateway = StripeGateway(keys["STRIPE_SECRET_KEY"], secret, api_base="http://stripe.test", transport=transport)
    upgraded.ports.provide(PaymentGateway, gateway)
    upgraded.ports.provide(StripeWebhooks, gateway)
    upgraded.ports.provide(PdfRenderer, PlainRenderer())
    body = json.dumps(opened["event"])
    at = int(upgraded.clock.now().timestamp())
    signature = stripe_sdk.WebhookSignature.generate_signature_header(body, secret, at)
    headers = {"Stripe-Signature": signature, "Content-Type": "application/json"}
    for _ in range(2):
        assert (await upgraded.stranger().http.post("/api/webhooks/stripe", content=body, headers=headers)).is_success
    await upgraded.drain()
    await gateway.close()
    intent = await upgraded.read("owner", f"/api/billing/payment-intents/{opened['payment_intent_id']}")
    assert intent["status"] == "SUCCEEDED"
    invoice = await upgraded.read("owner", f"/api/billing/invoices/{intent['invoice_id']}")
    assert (invoice["status"], invoice["total"]) == ("PAID", opened["total"])
    numbers = await upgraded.values("select number from invoices order by number")
    assert invoice["number"] == numbers[-1], "the series of numbers goes on"
    project = await upgraded.read("operator", f"/api/projects/{opened['project_id']}")
    assert project["status"] == "IN_PROGRESS"


async def test_the_payment_provider_knows_its_customers_and_its_webhooks_again(upgraded: Upgraded) -> None:
    """A customer is not made a second time, and a webhook that comes again is not applied a second time."""
    customers = "select org_id || ' ' || customer_id from provider_customers where provider = 'stripe' order by 1"
    webhooks = "select id || ' ' || external_id from inbound_events where provider = 'stripe' order by 1"
    kept = await upgraded.values(customers), await upgraded.values(webhooks)
    assert kept == (
        await upgraded.values(
            "select id || ' ' || stripe_customer_id from organizations where stripe_customer_id is not null order by 1"
        ),
        await upgraded.values("select id || ' ' || external_id from stripe_events order by 1"),
    )
    assert all(kept), "the installation has some of both"


async def test_a_deployed_workflow_calls_back_with_its_secret(upgraded: Upgraded) -> None:
    workflow = upgraded.held["workflow"]
    path = f"/api/webhooks/n8n/{workflow['id']}"
    end = {"execution_id": workflow["running"]["engine_execution_id"], "status": "SUCCESS", "error_message": None}
    headers, content = signed(end, workflow["callback_secret"] + "x", upgraded.clock.now())
    assert (await upgraded.stranger().http.post(path, content=content, headers=headers)).status_code == 401
    headers, content = signed(end, workflow["callback_secret"], upgraded.clock.now())
    taken = await upgraded.stranger().http.post(path, content=content, headers=headers)
    assert (taken.status_code, taken.json()["execution_id"]) == (200, workflow["running"]["execution_id"])
    runs = (await upgraded.read("owner", f"/api/workflows/{workflow['id']}/executions"))["items"]
    assert [run["status"] for run in runs if run["id"] == workflow["running"]["execution_id"]] == ["SUCCESS"]


class ListeningEngine(WillingEngine):
    """Does everything, and remembers what it was called with."""

    def __init__(self) -> None:
        self.connections: list[EngineConnection] = []
        self.definitions: list[str] = []

    async def trigger(
        self, connection: EngineConnection, webhook_path: str, body: Mapping[str, JsonValue]
    ) -> TriggerAck:
        self.connections.append(connection)
        return await super().trigger(connection, webhook_path, body)

    async def update_workflow(
        self, connection: EngineConnection, workflow_id: str, definition: dict[str, JsonValue]
    ) -> None:
        del connection, workflow_id
        self.definitions.append(json.dumps(definition))


async def test_what_was_sealed_opens(upgraded: Upgraded) -> None:
    """The engine's key, a secret parameter, and the workflow's own secret."""
    workflow, operator, engine = upgraded.held["workflow"], upgraded.as_person("operator"), ListeningEngine()
    upgraded.ports.provide(AutomationEngine, engine)
    assert (await operator.post(f"/api/workflows/{workflow['id']}/trigger", {})).status_code == 202
    await upgraded.drain()
    (connection,) = engine.connections
    assert connection.base_url == workflow["engine_url"]
    assert connection.api_key == workflow["engine_api_key"]
    assert (await operator.post(f"/api/workflows/{workflow['id']}/redeploy", {})).status_code == 202
    await upgraded.drain()
    (definition,) = engine.definitions
    assert workflow["callback_secret"] in definition
    assert workflow["webhook_target"] in definition


async def test_a_mail_that_waited_in_the_outbox_goes_out(upgraded: Upgraded) -> None:
    waiting = upgraded.held["waiting_mail"]
    upgraded.ports.provide(PdfRenderer, PlainRenderer())
    await upgraded.drain()
    (mail,) = [mail for mail in await mailed(upgraded) if waiting["subject"] in mail["subject"]]
    assert mail["to"] == waiting["to"]
    assert [attachment["media_type"] for attachment in mail["attachments"]] == ["application/pdf"]
    assert await upgraded.values("select last_error from outbox where done_at is null or dead_at is not null") == []


async def test_a_request_that_is_sent_again_gets_its_first_answer(upgraded: Upgraded) -> None:
    sent = upgraded.held["idempotent_request"]
    before = await upgraded.count("projects")
    again = await upgraded.as_person("operator").post(
        sent["path"], sent["body"], headers={"Idempotency-Key": sent["key"]}
    )
    assert (again.status_code, again.json()) == (201, sent["answer"])
    assert await upgraded.count("projects") == before


async def test_everybody_reads_what_they_read(installation: Installation, upgraded: Upgraded) -> None:
    """Timelines, dashboards, lists and the audit log: the same counts and entries. An answer may say more."""
    faults = []
    for recorded in installation.answers:
        answer = await upgraded.as_person(recorded["reader"]).get(recorded["path"])
        found = answer.json() if answer.status_code == 200 else answer.status_code
        await name_actors(upgraded, recorded["answer"])
        reword(recorded["answer"])
        retitle(recorded["answer"], is_client=recorded["reader"] == "owner")
        if recorded["answer"].get("next_cursor") and found.get("next_cursor"):
            # A cursor belongs to one list and its order now.
            del recorded["answer"]["next_cursor"]
        if recorded["reader"] == "owner":
            keep_engine_to_staff(recorded["answer"])
        if recorded["path"] == "/api/dashboard":
            keep_told(recorded["answer"], found)
        if recorded["path"].partition("?")[0].endswith("/activity"):
            leave_runs(recorded["answer"], found)
        faults += [f"{recorded['reader']} {recorded['path']} {fault}" for fault in missing(recorded["answer"], found)]
    assert faults == []


async def name_actors(upgraded: Upgraded, page: dict[str, Any]) -> None:
    """Put names where 0.1.0 told addresses: a change that is meant. People are kept by id and name (ADR 0014)."""
    emails = await upgraded.values("select email from users order by id")
    names = dict(zip(emails, await upgraded.values("select full_name from users order by id"), strict=True))
    for event in page.get("items", []) + page.get("activity", []):
        if "actor" in event:
            event["actor"] = names.get(event["actor"], event["actor"])


#: Words of the dashboard that were meant to change.
REWORDED = {
    "Changes asked on": "Changes requested:",
    "waits for your decision": "is awaiting your decision",
    "is approved; work starts when it is paid": "is approved and awaiting your payment",
}


def reword(page: dict[str, Any]) -> None:
    """Put today's words where 0.1.0 told what needs somebody in others: a change that is meant."""
    for entry in page.get("needs_you", []):
        for before, after in REWORDED.items():
            entry.update({key: entry[key].replace(before, after) for key in ("title", "reason") if entry.get(key)})
        if entry["kind"] == "FAILED_DEPLOYMENT":
            # One row told how many there were; each has its own now, with its workflow, client and reason.
            assert entry["title"].startswith("1 ")
            for key in set(entry) - {"kind"}:
                del entry[key]


def keep_engine_to_staff(page: dict[str, Any]) -> None:
    """Take away what the engine said: clients were told it by 0.1.0, and are not any more, which is meant."""
    for entry in page.get("items", []):
        entry.update({key: None for key in ("failure_reason", "error_message") if key in entry})


#: An amount in words, which is an ``amount`` now.
WRITTEN_AMOUNT = re.compile(r"\S+[\d,]+\.\d\d")


def keep_told(before: dict[str, Any], now: dict[str, Any]) -> None:
    """Leave the entries of the activity that both tell: failures are among the latest ten now, which is meant."""
    ids = [{one["id"] for one in page["activity"]} for page in (before, now)]
    assert len(ids[0] & ids[1]) >= len(ids[0]) - 2
    if "revenue" in before:
        # It leads to the invoices of the month now, whose sum it is.
        assert now["revenue"]["link"].startswith(before["revenue"].pop("link") + "?from=")
    if "failures" in before:
        # It leads to the workflows that it counts.
        assert now["failures"]["link"] == before["failures"].pop("link") + "?failing=yes"
    for need in before["needs_you"]:
        if need["kind"] == "CHANGES_REQUESTED":
            # It leads to the draft of the next version now, and names the project beside its code.
            del need["link"], need["title"]
        if need["kind"] == "FAILED_EXECUTION":
            # It leads to the project's workflows.
            need["link"] += "?tab=workflows"
        if need["kind"] == "UNAPPLIED_PAYMENT":
            # Its amount is an ``amount`` now.
            need["title"] = "Unmatched payment"
    # What was declined or expired needs somebody only since then.
    is_new = {"PROPOSAL_DECLINED", "PROPOSAL_EXPIRED"}
    now["needs_you"] = [need for need in now["needs_you"] if need["kind"] not in is_new]
    for page in (before, now):
        # What is broken comes first now.
        page["needs_you"].sort(key=lambda need: need["kind"])
        told = [one for one in page["activity"] if one["id"] in ids[0] & ids[1]]
        # Runs of a day are one line now, and what is told of workflows leads to their tab.
        page["activity"] = [one for one in told if not one["link"].startswith("/projects/")]


def leave_runs(*timelines: dict[str, Any]) -> None:
    """Leave out the runs of a timeline, and what counts them: those of a day are one line now, which is meant."""
    for page in timelines:
        page["items"] = [one for one in page["items"] if one["action"].partition(".")[0] != "execution"]
        del page["total"], page["pages"]


#: Titles of the activity that were meant to change, by what 0.1.0 called them.
RETITLED = (
    (r"Version (\d+) of the proposal needs changes", r"Changes requested on v\1"),
    (r"Version (\d+) of the proposal (?:was )?(\w+)", r"Proposal v\1 \2"),
    (r"The project is now (proposed|approved|completed|archived)", r"Project \1"),
    (r"The project is now in progress", "Work started"),
    (r"The project was created", "Project created"),
    (r"The project's description was changed", "Project details changed"),
    (r"The client went to pay", "Payment started"),
    (r"The payment page was opened", "Payment page opened"),
    (r"A payment was received", "Payment received"),
    (r"A payment needs a decision", "Unmatched payment"),
    (r"An invoice was issued", "Invoice issued"),
    (r"A workflow is being deployed", "Deployment started"),
    (r"Workflow redeployment requested", "Redeployment started"),
    (r"A workflow went live", "Workflow deployed"),
    (r"A workflow could not be deployed", "Deployment failed"),
    (r"A workflow runs again", "Workflow resumed"),
    (r"A workflow was (paused|removed)", r"Workflow \1"),
    (r"A run was started", "Run started"),
    (r"A run (succeeded|failed)", r"Run \1"),
)


def retitle(page: dict[str, Any], *, is_client: bool) -> None:
    """Put today's titles where 0.1.0 told what happened in others: a change that is meant."""
    for event in page.get("items", []) + page.get("activity", []):
        for before, after in RETITLED:
            if "title" in event and re.fullmatch(before, event["title"]):
                event["title"] = re.sub(before, after, event["title"])
                break
        if WRITTEN_AMOUNT.fullmatch((event.get("detail") or "").replace("\xa0", "")):
            del event["detail"]
        # A client is not told that it was sent something, but that it got it.
        if is_client and "title" in event:
            event["title"] = re.sub(r"^(Proposal v\d+) sent$", r"\1 received", event["title"])


async def test_a_process_of_0_1_0_can_read_what_is_recorded_while_it_is_replaced(upgraded: Upgraded) -> None:
    """Its page of the audit log refuses a word that it does not know; staff are told apart in a column beside."""
    operator = upgraded.as_person("operator")
    project = {"org_id": upgraded.held["unverified"]["org_id"], "title": "Made while it is replaced"}
    assert (await operator.post("/api/projects", project)).status_code == 201

    assert set(await upgraded.values("select actor_type from audit_events")) <= {"USER", "APP", "SYSTEM", "ANONYMOUS"}
    newest, *_ = (await upgraded.read("auditor", "/api/audit?action=project.created"))["items"]
    assert newest["actor_type"] == "OPERATOR"
