"""Dead letters for tests that need them."""

import uuid

from sqlalchemy import text

from capecontrol.core.actor import Actor
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.ids import new_id
from capecontrol.core.work import UnitOfWorkFactory
from tests.security.world import World

PLACE = """
insert into outbox (id, org_id, topic, consumer, lane, payload, created_at, attempts, last_error, dead_at)
values (:id, :org_id, 'tests.placed.v1', :consumer, 'mail', '{}', now(), 12, 'MailRefused', now())
"""


async def place_dead_letter(
    factory: UnitOfWorkFactory, org_id: uuid.UUID | None = None, consumer: str = "proposals.mail"
) -> str:
    """Give up a message of an organization, or of the platform, and return its id."""
    identifier = new_id()
    async with factory.unit(Actor.system("tests"), PlatformScope("tests")) as work:
        await work.session.execute(text(PLACE), {"id": identifier, "org_id": org_id, "consumer": consumer})
    return str(identifier)


async def build_dead_letter(world: World) -> str:
    """Give up a message of the wanted organization, and return its id."""
    return await place_dead_letter(world.people.factory, world.own)
