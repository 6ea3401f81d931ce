"""A world with an organization whose things are wanted, one that must not get them, and staff.

Every thing of the wanted organization carries ``CANARY`` in each of its texts.
"""

import hashlib
import uuid
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select, text

from capecontrol.core.crypto import digest, new_secret
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.ids import new_id
from capecontrol.core.permissions import Role
from capecontrol.core.storage import ObjectStorage
from capecontrol.core.work import UnitOfWork
from capecontrol.features.billing.lifecycle import IntentStatus, InvoiceStatus
from capecontrol.features.billing.models import Invoice, Payment, PaymentIntent, PaymentStatus
from capecontrol.features.identity.models import OneTimeToken, TokenPurpose
from capecontrol.features.workflows.lifecycle import ExecutionStatus, TriggerKind, WorkflowStatus
from capecontrol.features.workflows.models import Execution, WorkflowInstance
from capecontrol.main.features import metadata
from tests.people import SYSTEM, People, Person

CANARY = "Canary-7f3a"
PRICE: dict[str, Any] = {"amount": 125_000, "currency": "ZAR"}
LINES: list[dict[str, Any]] = [
    {"description": f"{CANARY} workshop", "quantity": "1", "unit_price": PRICE, "tax_rate": "15.00"}
]
FILE: dict[str, Any] = {
    "name": f"{CANARY} flow",
    "nodes": [
        {
            "id": "1",
            "name": "Webhook",
            "type": "n8n-nodes-base.webhook",
            "typeVersion": 2,
            "position": [0, 0],
            "parameters": {"httpMethod": "POST", "path": "hello"},
        }
    ],
    "connections": {},
    "settings": {},
}


class World:
    """Makes people and things, through the product where that is quick, else as rows."""

    def __init__(self, people: People, own: uuid.UUID, foreign: uuid.UUID, operator: Person) -> None:
        self.people = people
        self.own = own
        self.foreign = foreign
        self.operator = operator
        self._count = 0

    @classmethod
    async def make(cls, people: People) -> "World":
        own = await people.organization(f"{CANARY} Harbour")
        foreign = await people.organization("Meridian")
        return cls(people, own, foreign, await people.operator())

    def word(self, prefix: str = CANARY) -> str:
        """A text that nothing else carries."""
        self._count += 1
        return f"{prefix} {self._count}"

    async def member(self, role: Role, *, foreign: bool = False, onboarded: bool = True) -> Person:
        side = "meridian" if foreign else CANARY.lower()
        email = f"{role.lower()}-{uuid.uuid4().hex[:8]}@{side}.test"
        org_id = self.foreign if foreign else self.own
        return await self.people.person(role, org_id, email=email, onboarded=onboarded)

    async def sql(self, statement: str, **values: object) -> None:
        async with self.people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
            await work.session.execute(text(statement), values)

    async def owner_sql(self, statement: str) -> None:
        """Run a statement as the owner of the tables, as a migration would."""
        async with self.people.factory.database.engine.begin() as connection:
            await connection.exec_driver_sql(statement)

    async def count(self, table: str) -> int:
        async with self.people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
            statement = select(func.count()).select_from(metadata.tables[table])
            return int((await work.session.execute(statement)).scalar_one())

    # --- things of the wanted organization -------------------------------------------------------------------------

    async def _post(self, path: str, body: dict[str, Any] | None = None, *, by: Person | None = None) -> dict[str, Any]:
        answer = await (by or self.operator).client.post(path, body)
        assert answer.is_success, answer.text
        return dict(answer.json())

    async def project(self, status: str = "DRAFT") -> str:
        body = {"org_id": str(self.own), "title": self.word(), "description": self.word()}
        made = await self._post("/api/projects", body)
        if status != "DRAFT":
            await self._post(
                f"/api/projects/{made['id']}/status", {"status": status, "override": True, "reason": self.word()}
            )
        return str(made["id"])

    async def proposal(self, status: str = "DRAFT") -> str:
        """A proposal: DRAFT, SENT or APPROVED."""
        made = await self._post(
            "/api/proposals", {"project_id": await self.project(), "title": self.word(), "line_items": LINES}
        )
        identifier = str(made["id"])
        if status != "DRAFT":
            await self._post(f"/api/proposals/{identifier}/send")
        if status == "APPROVED":
            await self._post(f"/api/proposals/{identifier}/approve", by=await self.member(Role.OWNER))
        return identifier

    async def viewing_token(self) -> str:
        """The secret of a sent proposal's viewing link; its document is stored."""
        proposal, token, key = await self.proposal("SENT"), new_secret(), f"tests/{uuid.uuid4()}.pdf"
        await self.people.ports.get(ObjectStorage).put(key, b"%PDF-" + CANARY.encode(), "application/pdf")
        await self.sql(
            "update proposals set viewing_token_hash = :hash, pdf_key = :key where id = :id",
            hash=digest(token), key=key, id=proposal,
        )  # fmt: skip
        return token

    async def payment_intent(self, status: IntentStatus = IntentStatus.CHECKOUT_OPEN) -> str:
        proposal = uuid.UUID(await self.proposal("APPROVED"))
        async with self.people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
            return str((await self._intent(work, proposal, status)).id)

    async def _intent(self, work: UnitOfWork, proposal: uuid.UUID, status: IntentStatus) -> PaymentIntent:
        now = work.now()
        row = PaymentIntent(
            id=new_id(), org_id=self.own, proposal_id=proposal, amount=143_750, currency="ZAR", status=status,
            checkout_session_id=f"cs_{uuid.uuid4().hex}", checkout_url=f"https://stripe.test/{CANARY}", expires_at=now,
            created_by=new_id(), created_at=now, updated_at=now,
        )  # fmt: skip
        work.session.add(row)
        await work.session.flush()
        return row

    async def invoice(self) -> str:
        """A paid invoice with its document."""
        proposal = await self.proposal("APPROVED")
        body = (await self.operator.client.get(f"/api/proposals/{proposal}")).json()
        key = f"tests/{uuid.uuid4()}.pdf"
        await self.people.ports.get(ObjectStorage).put(key, b"%PDF-" + CANARY.encode(), "application/pdf")
        async with self.people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
            now = work.now()
            intent = await self._intent(work, uuid.UUID(proposal), IntentStatus.SUCCEEDED)
            payment = Payment(
                id=new_id(), org_id=self.own, payment_intent_id=intent.id, provider_payment_id=f"pi_{uuid.uuid4().hex}",
                amount=143_750, currency="ZAR", status=PaymentStatus.APPLIED, received_at=now, created_at=now,
            )  # fmt: skip
            work.session.add(payment)
            await work.session.flush()
            self._count += 1
            invoice = Invoice(
                id=new_id(), org_id=self.own, project_id=uuid.UUID(body["project_id"]), proposal_id=uuid.UUID(proposal),
                payment_id=payment.id, number=f"INV-{CANARY}-{self._count}", year=2026, sequence=self._count,
                title=self.word(), status=InvoiceStatus.PAID, currency="ZAR", subtotal=125_000, tax=18_750,
                total=143_750, line_items=[], seller={"name": "Seller"}, issued_at=now,
                buyer={"name": CANARY, "project_code": CANARY},
                paid_at=now, pdf_key=key, created_at=now, updated_at=now,
            )  # fmt: skip
            work.session.add(invoice)
            await work.session.flush()
            return str(invoice.id)

    async def environment(self) -> str:
        made = await self._post(
            "/api/workflows/environments",
            {"name": self.word("Server"), "base_url": "https://n8n.example.com", "api_key": "key"},
        )
        return str(made["id"])

    async def template(self) -> str:
        made = await self._post("/api/workflows/templates", {"name": self.word("Flow"), "definition": FILE})
        return str(made["id"])

    async def workflow(self, status: WorkflowStatus = WorkflowStatus.ACTIVE, *, secret: str = "secret") -> str:
        """A deployed workflow that ran once."""
        template, environment, project = await self.template(), await self.environment(), await self.project("APPROVED")
        async with self.people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
            now = work.now()
            row = WorkflowInstance(
                id=new_id(), org_id=self.own, project_id=uuid.UUID(project), template_id=uuid.UUID(template),
                template_name=self.word(), template_version=1, environment_id=uuid.UUID(environment), status=status,
                deployment=1, parameters=[], callback_secret_sealed=work.keyring.seal(secret),
                webhook_path=f"cc-{uuid.uuid4()}", engine_workflow_id=f"engine-{uuid.uuid4()}", created_at=now,
                updated_at=now,
            )  # fmt: skip
            work.session.add(row)
            await work.session.flush()
            work.session.add(
                Execution(
                    id=new_id(), org_id=self.own, workflow_id=row.id, status=ExecutionStatus.SUCCESS,
                    trigger=TriggerKind.MANUAL, engine_execution_id=self.word(), started_at=now, finished_at=now,
                    error_message=self.word(), created_at=now, updated_at=now,
                )
            )  # fmt: skip
            await work.session.flush()
            return str(row.id)

    # --- secrets that were mailed ------------------------------------------------------------------------------------

    async def waiting_address(self) -> str:
        """The address of somebody who registered and did not verify yet."""
        person = await self.member(Role.OWNER)
        await self.sql("update users set status = 'INVITED', email_verified_at = null where id = :id", id=person.id)
        return person.email

    async def verification_token(self) -> str:
        person, token = await self.member(Role.OWNER), new_secret()
        await self.sql("update users set status = 'INVITED', email_verified_at = null where id = :id", id=person.id)
        async with self.people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
            now = work.now()
            work.session.add(
                OneTimeToken(
                    org_id=self.own, user_id=person.id, purpose=TokenPurpose.VERIFY_EMAIL, token_hash=digest(token),
                    expires_at=now + timedelta(hours=1), created_at=now,
                )
            )  # fmt: skip
            await work.session.flush()
        return token

    async def fingerprint(self) -> str:
        """A digest of everything that the wanted organization owns."""
        tables = (
            "projects",
            "proposals",
            "payment_intents",
            "payments",
            "invoices",
            "workflow_instances",
            "executions",
        )
        parts = []
        async with self.people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
            for table in tables:
                columns = metadata.tables[table].c
                rows = await work.session.execute(select(*columns).where(columns.org_id == self.own).order_by("id"))
                parts += [str(row) for row in rows]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()
