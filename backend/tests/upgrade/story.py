"""What people did in an installation before it was recorded: one of every state that a later release must carry over.

Told to the running product over HTTP, so that the same story can be told to any release.
"""

import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx

from tests.e2e.caller import Caller, eventually

DEMO_PASSWORD = "Demo-pass-2026!"
OPERATOR, AUDITOR = "operator@demo.test", "auditor@demo.test"
OWNER, OWNER_PASSWORD = "thandi@harbour.example", "Lighthouse-2026"
HALFWAY, HALFWAY_PASSWORD = "pieter@kite.example", "Southeaster-2026"
UNVERIFIED, UNVERIFIED_PASSWORD = "nomsa@unverified.example", "Tablecloth-2026"
CARD = {"action": "pay", "card_number": "4242 4242 4242 4242"}
#: Longer than the longest period of a job that the story waits for.
SCHEDULE_SECONDS = 400.0
WORKFLOW_FILE = Path(__file__).parents[1] / "features" / "workflows" / "files" / "callback.json"

Json = dict[str, Any]


def line(description: str, amount: int, *, quantity: str = "1", rate: str = "15.00", **more: Any) -> Json:
    """Return a line item in rand, or in the ``currency`` that is given."""
    price = {"amount": amount, "currency": more.pop("currency", "ZAR")}
    return {"description": description, "quantity": quantity, "unit_price": price, "tax_rate": rate, **more}


LINES = [
    line("Workshop", 1_800_000),
    line("Support, hours", 33_333, quantity="1.5"),
    line("Licence, passed on at cost", 250_000, rate="0.00"),
    line("Training day", 900_000, optional=True),
]


class Story:
    """Everybody in it, and what they hold in the end."""

    def __init__(self, address: str, secrets: Json) -> None:
        """Take the product's address and what its stand-ins are called with (``secrets.json`` of the local run)."""
        self.address = address
        self.secrets = secrets
        self.ahead = timedelta()
        self.held: Json = {}
        self._people = ExitStack()

    def __enter__(self) -> "Story":
        self.operator, self.auditor, self.owner, self.halfway, self.stranger = (self._caller() for _ in range(5))
        return self

    def __exit__(self, *_: object) -> None:
        self._people.close()

    def now(self) -> datetime:
        """Return the product's time."""
        return datetime.now(UTC) + self.ahead

    def before_the_weekend(self) -> None:
        """Two people register; what expires in the following two days is left waiting."""
        self.operator.sign_in(OPERATOR, DEMO_PASSWORD)
        self.org_id = self._register(self.owner, OWNER, OWNER_PASSWORD, "Harbour Logistics", "Thandi Nkosi")
        self._verify(self.owner, OWNER)
        self.owner.sign_in(OWNER, OWNER_PASSWORD)
        self.owner.call(
            "PATCH",
            "/api/onboarding/profile",
            {"job_title": "Head of logistics", "timezone": "Africa/Johannesburg", "goals": "Answer every enquiry."},
        )
        for step in ("welcome", "profile", "checklist", "guide"):
            self.owner.call("POST", f"/api/onboarding/steps/{step}/complete")
        forgotten = self._proposal("Forgotten offer", valid_until=_text(self.now() + timedelta(days=1)))
        self._send(forgotten)
        abandoned = self._approved("Abandoned payment")
        intent = self._checkout(abandoned)["payment_intent_id"]
        self._advance(timedelta(days=2))
        self.operator.sign_in(OPERATOR, DEMO_PASSWORD)
        self.owner.sign_in(OWNER, OWNER_PASSWORD)
        self.held["expired_proposal"] = {"id": forgotten["id"], "project_id": forgotten["project_id"]}
        self._until_status(self.owner, f"/api/billing/payment-intents/{intent}", "EXPIRED")

    def sessions(self) -> None:
        """Sessions end, are renewed, refused, and copied; some stay."""
        for email, password in ((OPERATOR, DEMO_PASSWORD), (AUDITOR, DEMO_PASSWORD), (OWNER, OWNER_PASSWORD)):
            with closing(Caller(self.address)) as browser:
                browser.call("POST", "/api/auth/login", {"email": email, "password": "Wrong-password-1"}, expect=401)
                browser.sign_in(email, password)
                browser.call("POST", "/api/auth/logout", {})
        with closing(Caller(self.address)) as thief:
            first = self._tokens(thief, OWNER, OWNER_PASSWORD)["refresh_token"]
            second = thief.call("POST", "/api/auth/refresh", {"refresh_token": first})["refresh_token"]
            thief.call("POST", "/api/auth/refresh", {"refresh_token": second})
            thief.call("POST", "/api/auth/refresh", {"refresh_token": first}, expect=401)
        self._register(self.halfway, HALFWAY, HALFWAY_PASSWORD, "Kite & Sons", "Pieter Botha")
        self._verify(self.halfway, HALFWAY)
        people = {}
        for name, caller, email, password, is_remembered in (
            ("operator", self.operator, OPERATOR, DEMO_PASSWORD, False),
            ("auditor", self.auditor, AUDITOR, DEMO_PASSWORD, False),
            ("owner", self.owner, OWNER, OWNER_PASSWORD, True),
            ("halfway", self.halfway, HALFWAY, HALFWAY_PASSWORD, False),
        ):
            used = self._tokens(caller, email, password, remember_me=is_remembered)["refresh_token"]
            renewed = caller.call("POST", "/api/auth/refresh", {"refresh_token": used})
            caller.http.headers["Authorization"] = f"Bearer {renewed['access_token']}"
            people[name] = {
                "email": email,
                "password": password,
                "access_token": renewed["access_token"],
                "refresh_token": renewed["refresh_token"],
                "used_refresh_token": used,
                "csrf_token": caller.http.cookies["csrftoken"],
            }
        self.halfway.call("POST", "/api/onboarding/steps/welcome/complete")
        self.held["people"] = people

    def unverified(self) -> None:
        """Somebody registers and asks for the mail again; both links stay unopened."""
        with closing(Caller(self.address)) as browser:
            org_id = self._register(browser, UNVERIFIED, UNVERIFIED_PASSWORD, "Unverified Ltd", "Nomsa Dube")
            first = browser.link(browser.mail(UNVERIFIED, "Verify"), "/verify-email/")
            browser.call("POST", "/api/auth/resend-verification", {"email": UNVERIFIED}, expect=202)

            def another() -> str | None:
                newest = browser.link(browser.mail(UNVERIFIED, "Verify"), "/verify-email/")
                return newest if newest != first else None

            token = eventually(another, "the second mail")
        self.held["unverified"] = {
            "email": UNVERIFIED,
            "password": UNVERIFIED_PASSWORD,
            "org_id": org_id,
            "verification_token": token,
        }

    def client_work(self) -> None:
        """Proposals in every state, and the projects around them."""
        changed = self._proposal("Changed my mind")
        self._send(changed)
        self.owner.call(
            "POST", f"/api/proposals/{changed['id']}/request-changes", {"message": "Please leave the training out."}
        )
        declined = self._proposal("Too dear")
        self._send(declined)
        self.owner.call("POST", f"/api/proposals/{declined['id']}/decline", {"reason": "Next year."})
        self._proposal("Still a draft", tax_inclusive=True)
        archived = self._project("Archived early")
        self.operator.call(
            "POST",
            f"/api/projects/{archived['id']}/status",
            {"status": "ARCHIVED", "override": True, "reason": "The client merged with another."},
        )
        self._approved("Approved and unpaid")
        dollars = self._proposal("Priced in dollars", [line("Audit", 500_000, currency="USD", rate="0.00")])
        self._send(dollars)
        sent = self._proposal("Open offer", deposit={"amount": 1_000_000, "currency": "ZAR"})
        sent = self._send(sent)
        token = self.owner.link(self.owner.mail(OWNER, "Proposal: Open offer"), "/p/")
        self.held["open_proposal"] = {
            "id": sent["id"],
            "project_id": sent["project_id"],
            "content_hash": sent["content_hash"],
            "viewing_token": token,
            "viewed": self.stranger.call("GET", f"/api/proposals/view/{token}"),
            "total": sent["total"],
        }

    def money(self) -> None:
        """One proposal is paid, and paid once more; one payment page stays open."""
        paid = self._approved("Lead capture")
        opened = self._checkout(paid)
        self._pay(opened["url"])

        def invoice_id() -> str | None:
            intent = self.owner.call("GET", f"/api/billing/payment-intents/{opened['payment_intent_id']}")
            found: str | None = intent["invoice_id"]
            return found

        invoice = self.owner.call("GET", f"/api/billing/invoices/{eventually(invoice_id, 'the invoice')}")
        self.owner.mail(OWNER, f"invoice {invoice['number']}")
        self.held["paid"] = {"project_id": paid["project_id"], "proposal_id": paid["id"], "invoice_id": invoice["id"]}
        self._pay_again(opened["payment_intent_id"], paid["total"]["amount"])

        def unapplied() -> Any:
            rows = self.operator.call("GET", "/api/billing/payments")["items"]
            return next((row for row in rows if row["status"] == "UNAPPLIED"), None)

        self.held["unapplied_payment"] = eventually(unapplied, "the second payment")
        waiting = self._approved("Payment page open")
        opened = self._checkout(waiting)
        self.held["open_checkout"] = {
            **opened,
            "project_id": waiting["project_id"],
            "proposal_id": waiting["id"],
            "total": waiting["total"],
        }

    def automation(self) -> None:
        """Environments, templates and workflows, and what can happen to each."""
        engine = f"http://127.0.0.1:{urlsplit(self.address).port}/dev/n8n"
        environments = "/api/workflows/environments"
        environment = self._environment("Our n8n", engine, self.secrets["n8n_api_key"])
        self.operator.call("POST", f"{environments}/{environment['id']}/test")
        self.operator.call("PATCH", f"{environments}/{environment['id']}", {"name": "Production n8n"})
        spare = self._environment("Spare n8n", engine, self.secrets["n8n_api_key"])
        self._delete(f"{environments}/{spare['id']}")
        wrong = self._environment("Locked n8n", engine, "a-key-that-opens-nothing")
        template = self._template("Callback")
        self.operator.call("PATCH", f"/api/workflows/templates/{template['id']}", {"name": "Enquiries"})
        retired = self._template("Retired")
        self._delete(f"/api/workflows/templates/{retired['id']}")
        (template,) = self.operator.call("GET", "/api/workflows/templates")["items"]
        failed = self._deploy(template, wrong)
        self._until_status(self.operator, f"/api/workflows/{failed}", "FAILED")
        gone = self._deploy(template, environment)
        self._until_status(self.operator, f"/api/workflows/{gone}", "ACTIVE")
        self._delete(f"/api/workflows/{gone}")
        self._until_status(self.operator, f"/api/workflows/{gone}", "REMOVED")
        workflow = self._deploy(template, environment)
        self._until_status(self.operator, f"/api/workflows/{workflow}", "ACTIVE")
        self.operator.call("POST", f"/api/workflows/{workflow}/pause")
        self.operator.call("POST", f"/api/workflows/{workflow}/resume")
        self.operator.call("POST", f"/api/workflows/{workflow}/redeploy", {}, expect=202)
        self._until_status(self.operator, f"/api/workflows/{workflow}", "ACTIVE")
        run = self.operator.call("POST", f"/api/workflows/{workflow}/trigger", {}, expect=202)["execution_id"]

        def finished() -> Any:
            runs = self.owner.call("GET", f"/api/workflows/{workflow}/executions")["items"]
            return next((one for one in runs if one["id"] == run and one["status"] == "SUCCESS"), None)

        eventually(finished, "the run")
        secret = self._secret_at_engine(engine, workflow)
        for _ in range(2):
            self._call_back(workflow, secret, {"execution_id": "900", "status": "ERROR", "error_message": "No answer"})
        running = self._call_back(workflow, secret, {"execution_id": "950", "status": "RUNNING"})
        self.held["workflow"] = {
            "id": workflow,
            "callback_secret": secret,
            "running": {"engine_execution_id": "950", "execution_id": running["execution_id"]},
            "engine_url": engine,
            "engine_api_key": self.secrets["n8n_api_key"],
            "webhook_target": f"{engine}/healthz",
        }

    def idempotent_request(self) -> None:
        """A project is made under a key; whoever sends the same again must get the same answer."""
        body = {"org_id": self.org_id, "title": "Made once"}
        key = "4b0cf7a0-5f3b-4a53-9d0b-0a1b2c3d4e5f"
        answer = self.operator.call("POST", "/api/projects", body, expect=201, headers={"Idempotency-Key": key})
        self.held["idempotent_request"] = {"path": "/api/projects", "body": body, "key": key, "answer": answer}

    def audit(self) -> None:
        """What the schedule does within minutes has been done; the auditor exports."""
        path = f"/api/projects/{self.held['expired_proposal']['project_id']}/activity"
        deadline = time.monotonic() + SCHEDULE_SECONDS
        while "proposal.expired" not in {one["action"] for one in self.operator.call("GET", path)["items"]}:
            assert time.monotonic() < deadline, "the proposal did not expire"
            time.sleep(1)
        self.auditor.call("GET", "/api/audit/export.csv")

    def left_in_the_outbox(self) -> None:
        """With the worker at a halt: a proposal is sent, and its mail waits."""
        proposal = self._send(self._proposal("Sent a moment ago"))
        self.held["waiting_mail"] = {"proposal_id": proposal["id"], "to": OWNER, "subject": proposal["title"]}

    def answers(self) -> list[Json]:
        """Return what each person reads on that day."""
        paid, sent = self.held["paid"], self.held["open_proposal"]
        projects = self.operator.call("GET", "/api/projects?limit=100")["items"]
        staff = [
            "/api/auth/me",
            "/api/dashboard",
            "/api/orgs",
            "/api/projects?limit=100",
            "/api/proposals?limit=100",
            "/api/billing/invoices",
            "/api/billing/payments",
            "/api/workflows",
            "/api/workflows/environments",
            "/api/workflows/templates",
            *(f"/api/projects/{project['id']}/activity?limit=100" for project in projects),
            f"/api/proposals/{sent['id']}",
        ]
        own = [project for project in projects if project["org_id"] == self.org_id]
        client = [
            "/api/auth/me",
            "/api/onboarding",
            "/api/dashboard",
            f"/api/orgs/{self.org_id}",
            "/api/projects?limit=100",
            "/api/proposals?limit=100",
            "/api/billing/invoices",
            "/api/workflows",
            *(f"/api/projects/{project['id']}/activity?limit=100" for project in own),
            f"/api/proposals/{paid['proposal_id']}",
            f"/api/billing/invoices/{paid['invoice_id']}",
            f"/api/workflows/{self.held['workflow']['id']}/executions",
        ]
        read = {
            "operator": (self.operator, staff),
            "auditor": (self.auditor, ["/api/auth/me", "/api/audit?limit=100", "/api/audit?limit=100&page=2"]),
            "owner": (self.owner, client),
            "halfway": (self.halfway, ["/api/auth/me", "/api/onboarding"]),
        }
        found = [
            {"reader": reader, "path": path, "answer": caller.call("GET", path)}
            for reader, (caller, paths) in read.items()
            for path in paths
        ]
        for one in found:
            one["answer"].pop("as_of", None)  # when it was asked for
        return found

    def documents(self, stored: set[str]) -> list[Json]:
        """Return the paths under which people download what is stored (the rest is rendered as it is asked for)."""
        proposals = self.operator.call("GET", "/api/proposals?limit=100")["items"]
        invoices = self.operator.call("GET", "/api/billing/invoices?limit=100")["items"]
        paths = [f"/api/proposals/{one['id']}/pdf" for one in proposals if one["status"] != "DRAFT"]
        paths += [f"/api/billing/invoices/{one['id']}/pdf" for one in invoices]
        found = []
        for path in paths:
            fingerprint = hashlib.sha256(self.operator.http.get(path).content).hexdigest()
            if fingerprint in stored:
                found.append({"path": path, "sha256": fingerprint})
        return found

    def pay_the_open_page(self) -> None:
        """After the dump: keep what the provider says once the open page is paid, and the webhook that tells so."""
        opened = self.held["open_checkout"]
        self._pay(opened["url"])
        session_id = opened["url"].rsplit("/", 1)[1]
        with self._stripe() as stripe:
            session = stripe.get(f"/v1/checkout/sessions/{session_id}").raise_for_status().json()
            events = stripe.get("/v1/events", params={"type": "checkout.session.completed"}).raise_for_status().json()
        (event,) = [one for one in events["data"] if one["data"]["object"]["id"] == session_id]
        self.held["open_checkout"] |= {"session": session, "event": event}

    def _caller(self) -> Caller:
        return self._people.enter_context(closing(Caller(self.address)))

    def _advance(self, step: timedelta) -> None:
        self.stranger.call("POST", "/api/dev/clock", {"advance_seconds": int(step.total_seconds())})
        self.ahead += step

    def _register(self, browser: Caller, email: str, password: str, organization: str, name: str) -> str:
        body = {"email": email, "password": password, "organization_name": organization, "full_name": name}
        return str(browser.call("POST", "/api/auth/register", body, expect=201)["org_id"])

    def _verify(self, browser: Caller, email: str) -> None:
        token = browser.link(browser.mail(email, "Verify"), "/verify-email/")
        browser.call("POST", "/api/auth/verify-email", {"token": token})

    def _tokens(self, browser: Caller, email: str, password: str, **more: Any) -> Json:
        tokens: Json = browser.call("POST", "/api/auth/login", {"email": email, "password": password, **more})
        return tokens

    def _project(self, title: str) -> Json:
        body = {"org_id": self.org_id, "title": title, "description": f"{title}, as we discussed it."}
        project: Json = self.operator.call("POST", "/api/projects", body, expect=201)
        return project

    def _proposal(self, title: str, lines: list[Json] | None = None, **more: Any) -> Json:
        project = self._project(title)
        self.operator.call("PATCH", f"/api/projects/{project['id']}", {"description": f"{title}, in detail."})
        body = {"project_id": project["id"], "title": title, "line_items": lines or LINES, **more}
        proposal: Json = self.operator.call("POST", "/api/proposals", body, expect=201)
        edit = {"terms": "Payment on approval."}
        edited: Json = self.operator.call("PATCH", f"/api/proposals/{proposal['id']}", edit)
        return edited

    def _send(self, proposal: Json) -> Json:
        sent: Json = self.operator.call("POST", f"/api/proposals/{proposal['id']}/send")
        return sent

    def _approved(self, title: str) -> Json:
        sent = self._send(self._proposal(title))
        body = {"content_hash": sent["content_hash"], "name": "Thandi Nkosi"}
        approved: Json = self.owner.call("POST", f"/api/proposals/{sent['id']}/approve", body)
        return approved

    def _checkout(self, proposal: Json) -> Json:
        opened: Json = self.owner.call("POST", f"/api/billing/proposals/{proposal['id']}/checkout", expect=201)
        return opened

    def _pay(self, url: str) -> None:
        self.stranger.call("POST", url, expect=303, data=CARD)

    @contextmanager
    def _stripe(self) -> Iterator[httpx.Client]:
        key = {"Authorization": f"Bearer {self.secrets['stripe_secret_key']}"}
        with httpx.Client(base_url=f"{self.address}/dev/stripe", headers=key, timeout=30) as client:
            yield client

    def _pay_again(self, intent_id: str, amount: int) -> None:
        """Pay a second page for the same intent: the provider has the money, and our record is settled."""
        form = {
            "mode": "payment",
            "success_url": self.address,
            "metadata[payment_intent_id]": intent_id,
            "line_items[0][quantity]": "1",
            "line_items[0][price_data][currency]": "zar",
            "line_items[0][price_data][unit_amount]": str(amount),
            "line_items[0][price_data][product_data][name]": "The same once more",
        }
        with self._stripe() as stripe:
            session = stripe.post("/v1/checkout/sessions", data=form).raise_for_status().json()
        self._pay(session["url"])

    def _environment(self, name: str, url: str, key: str) -> Json:
        body = {"name": name, "base_url": url, "api_key": key}
        environment: Json = self.operator.call("POST", "/api/workflows/environments", body, expect=201)
        return environment

    def _template(self, name: str) -> Json:
        definition = json.loads(WORKFLOW_FILE.read_text())
        inspected = self.operator.call("POST", "/api/workflows/templates/inspect", {"definition": definition})
        pointers = {value["label"]: value["pointer"] for value in inspected["values"]}
        body = {
            "name": name,
            "definition": definition,
            "parameters": [
                {"key": "target", "label": "Target", "type": "SECRET", "pointer": pointers["Callback · url"]},
                {"key": "method", "label": "Method", "type": "TEXT", "pointer": pointers["Callback · method"]},
            ],
        }
        template: Json = self.operator.call("POST", "/api/workflows/templates", body, expect=201)
        return template

    def _delete(self, path: str) -> None:
        headers = {"X-CSRF-Token": self.operator.http.cookies["csrftoken"]}
        self.operator.http.delete(path, headers=headers).raise_for_status()

    def _deploy(self, template: Json, environment: Json) -> str:
        target = f"http://127.0.0.1:{urlsplit(self.address).port}/dev/n8n/healthz"
        body = {
            "project_id": self.held["paid"]["project_id"],
            "template_id": template["id"],
            "environment_id": environment["id"],
            "parameters": {"target": target, "method": "GET"},
        }
        return str(self.operator.call("POST", "/api/workflows", body, expect=202)["id"])

    def _secret_at_engine(self, engine: str, workflow: str) -> str:
        engine_id = self.operator.call("GET", f"/api/workflows/{workflow}")["engine_workflow_id"]
        key = {"X-N8N-API-KEY": self.secrets["n8n_api_key"]}
        deployed = httpx.get(f"{engine}/api/v1/workflows/{engine_id}", headers=key).raise_for_status().json()
        # The file signs something of its own, too.
        (secret,) = _secrets(deployed) - _secrets(json.loads(WORKFLOW_FILE.read_text()))
        return secret

    def _call_back(self, workflow: str, secret: str, body: Json) -> Json:
        headers, raw = signed(body, secret, self.now())
        answer = httpx.post(f"{self.address}/api/webhooks/n8n/{workflow}", content=raw, headers=headers)
        receipt: Json = answer.raise_for_status().json()
        return receipt

    def _until_status(self, caller: Caller, path: str, status: str) -> None:
        eventually(lambda: True if caller.call("GET", path)["status"] == status else None, f"{status} of {path}")


def signed(body: Json, secret: str, now: datetime) -> tuple[dict[str, str], bytes]:
    """Return headers and content of a callback, as a deployed workflow signs it."""
    raw, timestamp = json.dumps(body).encode(), str(int(now.timestamp()))
    digest = hmac.new(secret.encode(), timestamp.encode() + b"." + raw, hashlib.sha256).hexdigest()
    return {"Content-Type": "application/json", "X-Timestamp": timestamp, "X-Signature": f"sha256={digest}"}, raw


def _secrets(definition: Json) -> set[str]:
    return {str(node["parameters"]["secret"]) for node in definition["nodes"] if "secret" in node["parameters"]}


def _text(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
