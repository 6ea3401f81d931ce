"""Projects for tests that need one at some point of its life."""

from tests.security.world import World


async def build_project(world: World, status: str = "DRAFT") -> str:
    """Make a project of the wanted organization, and return its id."""
    body = {"org_id": str(world.own), "title": world.word(), "description": world.word()}
    made = await world.post("/api/projects", body)
    if status != "DRAFT":
        step = {"status": status, "override": True, "reason": world.word()}
        await world.post(f"/api/projects/{made['id']}/status", step)
    return str(made["id"])
