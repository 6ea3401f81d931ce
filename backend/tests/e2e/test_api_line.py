"""The main job over HTTP: from a registration to a paid project with a running workflow, and its audit."""

import csv
import io
import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.e2e.caller import Caller, eventually
from tests.e2e.running import Running

pytestmark = pytest.mark.e2e

OWNER = "thandi@harbour.example"
PASSWORD = "Lighthouse-2026"
DEMO = "Demo-pass-2026!"
WORKFLOW_FILE = Path(__file__).parents[1] / "features" / "workflows" / "files" / "callback.json"


def _pdf_text(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def test_the_main_job(product: Running) -> None:
    with (
        closing(Caller(product.address)) as owner,
        closing(Caller(product.address)) as operator,
        closing(Caller(product.address)) as auditor,
    ):
        operator.sign_in("operator@demo.test", DEMO)
        auditor.sign_in("auditor@demo.test", DEMO)
        org_id = _join(owner)
        project, proposal = _propose(operator, owner, org_id)
        _pay(owner, operator, project, proposal)
        _automate(operator, owner, product, project)
        _audit(auditor, project)


def _join(owner: Caller) -> str:
    """2. Register, verify, sign in, go through onboarding, land on the dashboard."""
    registered = owner.call(
        "POST",
        "/api/auth/register",
        {"email": OWNER, "password": PASSWORD, "organization_name": "Harbour Logistics", "full_name": "Thandi Nkosi"},
        expect=201,
    )
    owner.call("POST", "/api/auth/login", {"email": OWNER, "password": PASSWORD}, expect=403)
    token = owner.link(owner.mail(OWNER, "Confirm your e-mail address"), "/verify-email/")
    owner.call("POST", "/api/auth/verify-email", {"token": token})
    owner.call("POST", "/api/auth/verify-email", {"token": token}, expect=400)
    owner.sign_in(OWNER, PASSWORD)
    owner.call("GET", "/api/dashboard", expect=403)
    owner.call(
        "PATCH", "/api/onboarding/profile", {"job_title": "Head of logistics", "timezone": "Africa/Johannesburg"}
    )
    for step in ("welcome", "profile", "checklist", "guide"):
        done = owner.call("POST", f"/api/onboarding/steps/{step}/complete")
    assert done["completed"] is True
    owner.call("GET", "/api/dashboard")
    assert owner.call("GET", "/api/auth/me")["organization"]["id"] == registered["org_id"]
    return str(registered["org_id"])


def _propose(operator: Caller, owner: Caller, org_id: str) -> tuple[Any, Any]:
    """3. The operator makes a project, writes a proposal with tax, sends it: mail with PDF and viewing link."""
    project = operator.call("POST", "/api/projects", {"org_id": org_id, "title": "Lead capture"}, expect=201)
    assert project["status"] == "DRAFT"
    proposal = operator.call(
        "POST",
        "/api/proposals",
        {
            "project_id": project["id"],
            "title": "Lead capture and follow-up",
            "line_items": [
                {
                    "description": "Workshop",
                    "quantity": "1",
                    "unit_price": {"amount": 1_800_000, "currency": "ZAR"},
                    "tax_rate": "15.00",
                },
                {
                    "description": "Support, hours",
                    "quantity": "1.5",
                    "unit_price": {"amount": 33_333, "currency": "ZAR"},
                    "tax_rate": "15.00",
                },
            ],
            "terms": "Payment on approval.",
        },
        expect=201,
    )
    assert proposal["total"] == {"amount": 2_127_500, "currency": "ZAR"}
    owner.call("GET", f"/api/proposals/{proposal['id']}", expect=404)
    operator.call("POST", f"/api/proposals/{proposal['id']}/send")
    mail = owner.mail(OWNER, "Proposal from Northstar Automation: Lead capture and follow-up")
    assert [file["media_type"] for file in mail["attachments"]] == ["application/pdf"]
    text = _pdf_text(owner.call("GET", mail["attachments"][0]["url"]))
    assert "Lead capture and follow-up" in text
    assert "R\u00a021,275.00" in text or "R 21,275.00" in text
    with closing(Caller(str(owner.http.base_url))) as stranger:
        shown = stranger.call("GET", f"/api/proposals/view/{owner.link(mail, '/p/')}")
    assert shown["status"] == "SENT"
    return project, proposal


def _pay(owner: Caller, operator: Caller, project: Any, proposal: Any) -> None:
    """4. The client approves and pays; the signed webhook makes payment, invoice and progress."""
    owner.call("POST", f"/api/billing/proposals/{proposal['id']}/checkout", expect=409)
    owner.call("POST", f"/api/proposals/{proposal['id']}/approve", {})
    opened = owner.call("POST", f"/api/billing/proposals/{proposal['id']}/checkout", expect=201)
    again = owner.call("POST", f"/api/billing/proposals/{proposal['id']}/checkout", expect=201)
    assert again == opened
    owner.call("POST", opened["url"], expect=303, data={"action": "pay", "card_number": "4242 4242 4242 4242"})
    intent = eventually(
        lambda: (
            found
            if (found := owner.call("GET", f"/api/billing/payment-intents/{opened['payment_intent_id']}"))["invoice_id"]
            else None
        ),
        "the invoice",
    )
    assert intent["status"] == "SUCCEEDED"
    invoice = owner.call("GET", f"/api/billing/invoices/{intent['invoice_id']}")
    assert invoice["status"] == "PAID"
    assert invoice["total"] == proposal["total"]
    mail = owner.mail(OWNER, f"invoice {invoice['number']}")
    assert invoice["number"] in _pdf_text(owner.call("GET", mail["attachments"][0]["url"]))
    document = _pdf_text(owner.call("GET", f"/api/billing/invoices/{invoice['id']}/pdf"))
    for printed in (invoice["number"], "Tax invoice", "VAT number 4000000000", "Northstar Automation (Pty) Ltd"):
        assert printed in document
    # The invoice that the demonstration begins with is in the name of the same business.
    for listed in operator.call("GET", "/api/billing/invoices")["items"]:
        assert operator.call("GET", f"/api/billing/invoices/{listed['id']}")["seller"] == invoice["seller"]
    assert operator.call("GET", f"/api/projects/{project['id']}")["status"] == "IN_PROGRESS"
    owner.call("POST", f"/api/billing/proposals/{proposal['id']}/checkout", expect=409)


def _automate(operator: Caller, owner: Caller, product: Running, project: Any) -> None:
    """5. Connect n8n, import a workflow file, deploy it with parameters, trigger it; the callback records the run."""
    key = json.loads((product.home / "secrets.json").read_text())["n8n_api_key"]
    port = product.address.rpartition(":")[2]
    environment = operator.call(
        "POST",
        "/api/workflows/environments",
        {"name": "Our n8n", "base_url": f"http://127.0.0.1:{port}/dev/n8n", "api_key": key},
        expect=201,
    )
    definition = json.loads(WORKFLOW_FILE.read_text())
    inspected = operator.call("POST", "/api/workflows/templates/inspect", {"definition": definition})
    pointers = {value["label"]: value["pointer"] for value in inspected["values"]}
    template = operator.call(
        "POST",
        "/api/workflows/templates",
        {
            "name": "Callback",
            "definition": definition,
            "parameters": [
                {"key": "target", "label": "Target", "type": "TEXT", "pointer": pointers["Callback · url"]},
                {"key": "method", "label": "Method", "type": "TEXT", "pointer": pointers["Callback · method"]},
            ],
        },
        expect=201,
    )
    workflow = operator.call(
        "POST",
        "/api/workflows",
        {
            "project_id": project["id"],
            "template_id": template["id"],
            "environment_id": environment["id"],
            "parameters": {"target": f"http://127.0.0.1:{port}/dev/n8n/healthz", "method": "GET"},
        },
        expect=202,
    )
    eventually(
        lambda: True if operator.call("GET", f"/api/workflows/{workflow['id']}")["status"] == "ACTIVE" else None,
        "the deployment",
    )
    execution = operator.call("POST", f"/api/workflows/{workflow['id']}/trigger", {}, expect=202)

    def finished() -> Any:
        runs = owner.call("GET", f"/api/workflows/{workflow['id']}/executions")["items"]
        run = next(run for run in runs if run["id"] == execution["execution_id"])
        return run if run["status"] != "RUNNING" else None

    assert eventually(finished, "the execution")["status"] == "SUCCESS"


def _audit(auditor: Caller, project: Any) -> None:
    """6. Every step is in the audit log, which an auditor filters and exports."""
    text = auditor.call("GET", "/api/audit/export.csv").decode()
    actions = {row["action"] for row in csv.DictReader(io.StringIO(text))}
    assert {
        "organization.created",
        "user.registered",
        "user.email_verified",
        "session.started",
        "onboarding.step_completed",
        "project.created",
        "proposal.created",
        "proposal.sent",
        "proposal.approved",
        "payment.intended",
        "payment.received",
        "invoice.issued",
        "workflow.deployed",
        "execution.requested",
        "execution.finished",
    } <= actions
    found = auditor.call("GET", "/api/audit", params={"resource_type": "project", "resource_id": project["id"]})
    assert found["total"] >= 2
    auditor.call("GET", "/api/projects", expect=403)
