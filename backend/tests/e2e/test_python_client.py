"""The main job by a client that is generated from the OpenAPI document: from a registration to an invoice's PDF."""

import datetime as dt
import io
import uuid
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.e2e.caller import Caller, eventually
from tests.e2e.python_client import PythonClient, generate_client
from tests.e2e.running import Running

#: The generated code gives cookies to each request, which httpx will not do for ever.
pytestmark = [pytest.mark.e2e, pytest.mark.filterwarnings("ignore:Setting per-request cookies:DeprecationWarning")]

OWNER = "lindiwe@meridian.example"
PASSWORD = "Lighthouse-2026"
DEMO = "Demo-pass-2026!"


def test_a_generated_client_does_the_main_job(
    product: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = generate_client(product.address, tmp_path, monkeypatch)
    with (
        closing(PythonClient(package, product.address)) as owner,
        closing(PythonClient(package, product.address)) as operator,
        closing(Caller(product.address)) as browser,
    ):
        operator.sign_in("operator@demo.test", DEMO)
        org_id = _join(owner, browser)
        proposal = _propose(operator, org_id)
        invoice = _pay(owner, browser, proposal)
        assert invoice.number in _text_of(_pdf(owner, invoice.id))
        assert invoice.number in operator.call("billing.export_invoices", org_id=org_id)
        _is_refused(owner, proposal)


def _join(owner: PythonClient, browser: Caller) -> uuid.UUID:
    registered = owner.call(
        "auth.register",
        expect=201,
        body=owner.model("RegisterBody", email=OWNER, password=PASSWORD, organization_name="Meridian Foods"),
    )
    token = browser.link(browser.mail(OWNER, "Confirm your e-mail address"), "/verify-email/")
    owner.call("auth.verify_email", body=owner.model("VerifyBody", token=token))
    owner.sign_in(OWNER, PASSWORD)
    owner.call(
        "onboarding.update_onboarding_profile",
        body=owner.model("ProfilePatch", job_title="Head of operations", timezone="Africa/Johannesburg"),
    )
    for step in ("welcome", "profile", "checklist", "guide"):
        done = owner.call("onboarding.complete_onboarding_step", step=owner.model("Step", value=step))
    assert done.completed
    me = owner.call("auth.get_me")
    assert me.organization.id == registered.org_id
    assert isinstance(me.summary.signed_in_at, dt.datetime)
    return uuid.UUID(str(registered.org_id))


def _propose(operator: PythonClient, org_id: uuid.UUID) -> Any:
    wanted = {
        "body": operator.model("NewProject", org_id=org_id, title="Lead capture"),
        "idempotency_key": str(uuid.uuid4()),
    }
    first, again = (operator.ask("projects.create_project", **wanted) for _ in range(2))
    assert (first.status_code, again.parsed) == (201, first.parsed)
    assert again.headers["Idempotent-Replayed"] == "true"
    price = operator.model("UnitPrice", amount=1_800_000, currency="ZAR")
    line = operator.model("NewLineItem", description="Workshop", quantity="1", unit_price=price, tax_rate="15.00")
    made = operator.ask(
        "proposals.create_proposal",
        body=operator.model("NewProposal", project_id=first.parsed.id, title="Lead capture", line_items=[line]),
    )
    assert (made.status_code, made.parsed.total.amount) == (201, 2_070_000)
    return operator.call("proposals.send_proposal", proposal_id=made.parsed.id, if_match=made.headers["ETag"])


def _pay(owner: PythonClient, browser: Caller, proposal: Any) -> Any:
    approved = owner.call("proposals.approve_proposal", proposal_id=proposal.id, body=owner.model("Approval"))
    assert isinstance(approved.decided_at, dt.datetime)
    opened = owner.call("billing.open_checkout", expect=201, proposal_id=proposal.id)
    browser.call("POST", opened.url, expect=303, data={"action": "pay", "card_number": "4242 4242 4242 4242"})

    def invoice_id() -> Any:
        return owner.call("billing.get_payment_intent", payment_intent_id=opened.payment_intent_id).invoice_id

    invoice = owner.call("billing.get_invoice", invoice_id=eventually(invoice_id, "the invoice"))
    assert (invoice.status, invoice.total.amount) == ("PAID", proposal.total.amount)
    return invoice


def _pdf(owner: PythonClient, invoice_id: uuid.UUID) -> bytes:
    """Return the invoice's PDF, which is written after the payment."""

    def look() -> bytes | None:
        answer = owner.ask("billing.get_invoice_pdf", invoice_id=invoice_id)
        return answer.parsed.payload.read() if answer.status_code == 200 else None

    return eventually(look, "the invoice's PDF")


def _text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def _is_refused(owner: PythonClient, proposal: Any) -> None:
    """Errors come as problems, under their own statuses."""
    problem = owner.call("billing.open_checkout", expect=409, proposal_id=proposal.id)
    assert (problem.status, type(problem).__name__) == (409, "Problem")
    assert owner.call("projects.get_project", expect=404, project_id=uuid.uuid4()).type_ == "not-found"
