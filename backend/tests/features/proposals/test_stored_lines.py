"""Proposals that release 0.1.0 stored: they are read, sent, approved and followed as if written today."""

import hashlib
import json
from collections.abc import Awaitable, Callable
from datetime import UTC
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.work import UnitOfWorkFactory
from tests.features.proposals.agency import LINES, Agency
from tests.people import SYSTEM

Row = dict[str, Any]
#: What 0.1.0 kept of a line.
MEMBERS_OF_0_1_0 = ("description", "quantity", "unit_price", "tax_rate", "optional", "net", "tax")


class Table:
    """The rows of proposals as they are stored."""

    def __init__(self, factory: UnitOfWorkFactory) -> None:
        self.factory = factory

    async def row(self, proposal_id: str) -> Row:
        """Return a row."""
        async with self.factory.unit(SYSTEM, PlatformScope("tests")) as work:
            rows = await work.session.execute(text("select * from proposals where id = :id"), {"id": UUID(proposal_id)})
            return dict(rows.mappings().one())

    async def age(self, proposal_id: str) -> Row:
        """Bring a row into the form in which 0.1.0 stored it, with the hash that it sent; return the row."""
        row = await self.row(proposal_id)
        lines = [{name: line[name] for name in MEMBERS_OF_0_1_0} for line in row["line_items"]]
        sent = row["content_hash"] is not None
        async with self.factory.unit(SYSTEM, PlatformScope("tests")) as work:
            await work.session.execute(
                text("update proposals set line_items = cast(:lines as jsonb), content_hash = :hash where id = :id"),
                {
                    "lines": json.dumps(lines),
                    "hash": hash_of({**row, "line_items": lines}) if sent else None,
                    "id": UUID(proposal_id),
                },
            )
        return await self.row(proposal_id)


def hash_of(row: Row) -> str:
    """Return the content hash as 0.1.0 defined it, over what is stored. This definition never changes."""
    names = ("version", "parties", "title", "summary", "terms", "line_items", "currency", "tax_inclusive", "tax_rule",
             "subtotal", "tax", "total", "deposit")  # fmt: skip
    content = {
        "proposal_id": str(row["id"]),
        "project_id": str(row["project_id"]),
        "org_id": str(row["org_id"]),
        "valid_until": row["valid_until"].astimezone(UTC).isoformat(),
        **{name: row[name] for name in names},
    }
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


@pytest.fixture
def table(factory: UnitOfWorkFactory) -> Table:
    return Table(factory)


@pytest.fixture
def drafted(agency: Agency) -> Callable[[], Awaitable[dict[str, Any]]]:
    """Make a draft with an optional line and a deposit."""
    lines = [*LINES, {**LINES[0], "description": "Trânsfer", "tax_rate": "0", "optional": True}]
    return lambda: agency.draft(line_items=lines, deposit={"amount": 1000, "currency": "ZAR"}, terms="Half now")


Drafted = Callable[[], Awaitable[dict[str, Any]]]


async def test_the_hash_is_one_of_what_is_stored(agency: Agency, table: Table, drafted: Drafted) -> None:
    sent = await agency.send((await drafted())["id"])

    assert sent["content_hash"] == hash_of(await table.row(sent["id"]))


async def test_an_open_proposal_of_0_1_0_is_approved_with_its_old_hash(
    agency: Agency, table: Table, drafted: Drafted
) -> None:
    sent = await agency.send((await drafted())["id"])
    old = await table.age(sent["id"])
    assert old["content_hash"] != sent["content_hash"]

    shown = await agency.owner.client.get(f"/api/proposals/{sent['id']}")
    answer = await agency.owner.client.post(
        f"/api/proposals/{sent['id']}/approve", {"content_hash": old["content_hash"], "name": "Thandi"}
    )

    assert shown.json()["line_items"] == sent["line_items"]
    assert (answer.status_code, answer.json()["status"]) == (200, "APPROVED"), answer.text
    after = await table.row(sent["id"])
    assert (after["line_items"], after["content_hash"]) == (old["line_items"], old["content_hash"])


async def test_the_next_version_of_an_old_proposal_says_the_same(
    agency: Agency, table: Table, drafted: Drafted
) -> None:
    sent = await agency.send((await drafted())["id"])
    await table.age(sent["id"])

    asked = await agency.owner.client.post(f"/api/proposals/{sent['id']}/request-changes", {"message": "Later"})

    following = await agency.read(asked.json()["next_id"])
    names = ("line_items", "subtotal", "tax", "total", "deposit", "terms")
    assert [following[name] for name in names] == [sent[name] for name in names]


async def test_an_old_draft_is_sent_as_it_was_stored(agency: Agency, table: Table, drafted: Drafted) -> None:
    draft = await drafted()
    old = await table.age(draft["id"])

    sent = await agency.send(draft["id"])
    paper = await agency.owner.client.get(f"/api/proposals/{draft['id']}/pdf")

    stored = await table.row(draft["id"])
    assert stored["line_items"] == old["line_items"]
    assert sent["content_hash"] == hash_of(stored)
    assert sent["total"] == draft["total"]
    assert "VAT 15%" in paper.text


async def test_an_edit_that_changes_nothing_leaves_an_old_draft_alone(
    agency: Agency, table: Table, drafted: Drafted
) -> None:
    draft = await drafted()
    old = await table.age(draft["id"])
    path = f"/api/proposals/{draft['id']}"

    same = await agency.operator.client.patch(path, {"title": draft["title"]})
    unchanged = await table.row(draft["id"])
    other = await agency.operator.client.patch(path, {"title": "Another"})

    assert (same.json()["revision"], unchanged) == (draft["revision"], old)
    assert other.json()["revision"] == draft["revision"] + 1
    assert other.json()["line_items"] == draft["line_items"]
    assert other.json()["total"] == draft["total"]
