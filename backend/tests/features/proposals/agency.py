"""An agency and its customer, for tests that need a proposal at some point of its life."""

from typing import Any
from uuid import UUID

from httpx import Response

from tests.people import People, Person

LINES: list[dict[str, Any]] = [
    {
        "description": "Discovery workshop",
        "quantity": 1,
        "unit_price": {"amount": 1_800_000, "currency": "ZAR"},
        "tax_rate": "15.00",
    },
    {
        "description": "Support, hours",
        "quantity": "1.5",
        "unit_price": {"amount": 33333, "currency": "ZAR"},
        "tax_rate": "15",
    },
]


class Agency:
    """An operator, a customer with its owner, and what they do with proposals."""

    def __init__(self, operator: Person, owner: Person) -> None:
        self.operator = operator
        self.owner = owner

    @classmethod
    async def open(cls, people: People) -> "Agency":
        return cls(await people.operator(), await people.owner())

    @property
    def org_id(self) -> UUID:
        assert self.owner.org_id is not None
        return self.owner.org_id

    async def project(self) -> dict[str, Any]:
        answer = await self.operator.client.post("/api/projects", {"org_id": str(self.org_id), "title": "Leads"})
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    async def try_draft(self, project: str, **members: Any) -> Response:
        body = {"project_id": project, "title": "Lead capture", "line_items": LINES, **members}
        return await self.operator.client.post("/api/proposals", body)

    async def draft(self, project_id: str | None = None, **members: Any) -> dict[str, Any]:
        answer = await self.try_draft(project_id or (await self.project())["id"], **members)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    async def sent(self, project_id: str | None = None, **members: Any) -> dict[str, Any]:
        return await self.send((await self.draft(project_id, **members))["id"])

    async def send(self, proposal_id: str) -> dict[str, Any]:
        answer = await self.operator.client.post(f"/api/proposals/{proposal_id}/send")
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def read(self, proposal_id: str) -> dict[str, Any]:
        return dict((await self.operator.client.get(f"/api/proposals/{proposal_id}")).json())

    async def project_status(self, project_id: str) -> str:
        return str((await self.operator.client.get(f"/api/projects/{project_id}")).json()["status"])
