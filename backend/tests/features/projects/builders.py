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


async def build_much_moved_project(world: World, steps: int) -> str:
    """Make a project that was moved to and fro, and return its id."""
    project_id = await build_project(world)
    for number in range(steps):
        step = {"status": "APPROVED" if number % 2 else "IN_PROGRESS", "override": True, "reason": world.word()}
        await world.post(f"/api/projects/{project_id}/status", step)
    return project_id
