"""Proposals for tests that need one at some point of its life."""

import uuid
from typing import Any

from capecontrol.core.crypto import digest, new_secret
from capecontrol.core.permissions import Role
from capecontrol.core.storage import ObjectStorage
from tests.features.projects.builders import build_project
from tests.security.world import CANARY, World

LINE_ITEMS: list[dict[str, Any]] = [
    {
        "description": f"{CANARY} workshop",
        "quantity": "1",
        "unit_price": {"amount": 125_000, "currency": "ZAR"},
        "tax_rate": "15.00",
    }
]


async def build_draft(world: World) -> str:
    """Make a proposal of the wanted organization, and return its id."""
    body = {"project_id": await build_project(world), "title": world.word(), "line_items": LINE_ITEMS}
    return str((await world.post("/api/proposals", body))["id"])


async def build_sent_proposal(world: World) -> str:
    proposal_id = await build_draft(world)
    await world.post(f"/api/proposals/{proposal_id}/send")
    return proposal_id


async def build_declined_versions(world: World, count: int) -> str:
    """Make a proposal whose project has so many versions that were declined, and return the last one's id."""
    owner, proposal_id = await world.member(Role.OWNER), ""
    body = {"project_id": await build_project(world), "title": world.word(), "line_items": LINE_ITEMS}
    for _ in range(count):
        proposal_id = str((await world.post("/api/proposals", body))["id"])
        await world.post(f"/api/proposals/{proposal_id}/send")
        await world.post(f"/api/proposals/{proposal_id}/decline", by=owner)
    return proposal_id


async def build_approved_proposal(world: World) -> str:
    proposal_id = await build_sent_proposal(world)
    await world.post(f"/api/proposals/{proposal_id}/approve", by=await world.member(Role.OWNER))
    return proposal_id


async def build_expired_proposal(world: World) -> str:
    proposal_id = await build_sent_proposal(world)
    await world.sql(
        "update proposals set status = 'EXPIRED', valid_until = now() - interval '1 hour' where id = :id",
        id=proposal_id,
    )
    return proposal_id


async def build_dismissed_proposal(world: World) -> str:
    """Make an expired proposal that both sides dismissed, and return its id."""
    proposal_id = await build_expired_proposal(world)
    await world.sql(
        "update proposals set dismissed_at = now(), client_dismissed_at = now() where id = :id", id=proposal_id
    )
    return proposal_id


async def build_viewing_token(world: World) -> str:
    """Make a sent proposal whose document is stored, and return the secret of its viewing link."""
    proposal_id, token, key = await build_sent_proposal(world), new_secret(), f"tests/{uuid.uuid4()}.pdf"
    await world.people.ports.get(ObjectStorage).put(key, b"%PDF-" + CANARY.encode(), "application/pdf")
    await world.sql(
        "update proposals set viewing_token_hash = :hash, pdf_key = :key where id = :id",
        hash=digest(token), key=key, id=proposal_id,
    )  # fmt: skip
    return token
