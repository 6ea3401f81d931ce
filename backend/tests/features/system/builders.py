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


PLACE_RETRIED = """
insert into outbox (id, org_id, topic, consumer, lane, payload, created_at, available_at, attempts, last_error)
values (
  :id, :org_id, 'tests.placed.v1', :consumer, :lane, '{}', now() - interval '1 hour',
  now() + make_interval(secs => :due_in), 5, :error
)
"""


async def place_retried_message(
    factory: UnitOfWorkFactory, org_id: uuid.UUID | None = None, due_in: float = 1800, *, is_mail: bool = False
) -> str:
    """Place a message that failed and waits for its next try, and return its id."""
    identifier = new_id()
    kind = (
        {"consumer": "notifications.deliver_mail", "lane": "mail", "error": "MailUnavailable"}
        if is_mail
        else {"consumer": "workflows.remove", "lane": "engine", "error": "EngineUnauthorized"}
    )
    async with factory.unit(Actor.system("tests"), PlatformScope("tests")) as work:
        values = {"id": identifier, "org_id": org_id, "due_in": due_in, **kind}
        await work.session.execute(text(PLACE_RETRIED), values)
    return str(identifier)


async def build_retried_message(world: World) -> str:
    """Place a message of the wanted organization that waits for its next try, and return its id."""
    return await place_retried_message(world.people.factory, world.own)


async def build_dead_letter(world: World) -> str:
    """Give up a message of the wanted organization, and return its id."""
    return await place_dead_letter(world.people.factory, world.own)
