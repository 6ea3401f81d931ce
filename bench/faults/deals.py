"""The money line and the runs of a workflow, each step under a key of its own."""

import asyncio
import random
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from client import Client, Person
from ledger import Ledger
from sink import mail_of_sending

#: What the ledger calls the steps of a deal. The proposal's title is ``proposal-…`` with the same end.
DEAL, PROPOSAL, SENT, APPROVED, PAGE, PAID, RUN = (
    "deal-", "proposal-", "sent-", "approved-", "page-", "paid-", "run-",
)  # fmt: skip
#: How often somebody clicks on *Pay* in two windows at once.
TWO_CLICKS = 0.3
#: How often an owner finds the proposal in the portal and approves it at once. The mail that offered it is withdrawn
#: then, unless it is on its way. All others wait for it; who waits in vain gives the deal up, and the mail is owed.
UNASKED = 0.3
MAIL_SECONDS = 30.0
MAIL_LOOK_SECONDS = 0.1


@dataclass(frozen=True)
class Dealer:
    """Sells to the organizations, each of which has one owner: project, proposal, sent, approved, paid."""

    operator: Person
    owners: tuple[Person, ...]
    org_ids: tuple[str, ...]
    choice: random.Random
    ledger: Ledger

    async def deal(self, client: Client, *, is_over: Callable[[], bool]) -> None:
        """Go through the line once, or as far as it gets before the run is over."""
        name, which = uuid.uuid4().hex, self.choice.randrange(len(self.org_ids))
        title, owner = f"{PROPOSAL}{name}", self.owners[which]
        project = await client.ask(
            f"{DEAL}{name}",
            "/api/projects",
            {"org_id": self.org_ids[which], "title": f"{DEAL}{name}"},
            person=self.operator,
        )
        if project is None or is_over():
            return
        body = {"project_id": project["id"], "title": title, "line_items": self._lines()}
        proposal = await client.ask(title, "/api/proposals", body, person=self.operator)
        if proposal is None or is_over():
            return
        path = f"/api/proposals/{proposal['id']}"
        sent = await client.ask(
            f"{SENT}{name}", f"{path}/send", {}, person=self.operator, revision=proposal["revision"]
        )
        if sent is None or is_over():
            return
        if self.choice.random() >= UNASKED and not await self._is_mailed(name, owner, is_over):
            return
        answer = {"name": "Thandi Nkosi", "content_hash": sent["content_hash"]}
        if await client.ask(f"{APPROVED}{name}", f"{path}/approve", answer, person=owner) is None or is_over():
            return
        await self._pay(client, name, str(proposal["id"]), owner)

    async def _is_mailed(self, name: str, owner: Person, is_over: Callable[[], bool]) -> bool:
        until = time.monotonic() + MAIL_SECONDS
        while not self.ledger.has_arrived(mail_of_sending(name, owner.email)):
            if is_over() or time.monotonic() > until:
                return False
            await asyncio.sleep(MAIL_LOOK_SECONDS)
        return True

    async def _pay(self, client: Client, name: str, proposal_id: str, owner: Person) -> None:
        clicks = 2 if self.choice.random() < TWO_CLICKS else 1
        pages = await asyncio.gather(
            *(
                client.ask(
                    f"{PAGE}{name}-{click}",
                    f"/api/billing/proposals/{proposal_id}/checkout",
                    {},
                    person=owner,
                    note=f"{PAGE}{name}",
                )
                for click in range(clicks)
            )
        )
        for url in {str(page["url"]) for page in pages if page is not None}:
            await client.pay(f"{PAID}{name}", url, proposal_id)

    def _lines(self) -> list[dict[str, object]]:
        return [
            {
                "description": f"Part {number}",
                "quantity": str(self.choice.choice([1, 2, "1.5"])),
                "unit_price": {"amount": self.choice.randrange(100, 500_000), "currency": "ZAR"},
                "tax_rate": self.choice.choice(["15.00", "0"]),
            }
            for number in range(self.choice.randrange(1, 5))
        ]


@dataclass(frozen=True)
class Deployed:
    """A workflow that was deployed before the run."""

    operator: Person
    workflow_id: str

    async def run(self, client: Client) -> None:
        """Start it once; the key travels with the run, so that the engine's memory names it."""
        key = f"{RUN}{uuid.uuid4().hex}"
        body = {"payload": {"key": key}}
        await client.ask(key, f"/api/workflows/{self.workflow_id}/trigger", body, person=self.operator)
