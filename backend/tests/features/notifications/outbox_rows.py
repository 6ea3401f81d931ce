"""What lies in the outbox."""

from typing import Any

from sqlalchemy import text

from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.work import UnitOfWorkFactory
from tests.people import SYSTEM


async def outbox_rows(factory: UnitOfWorkFactory) -> list[dict[str, Any]]:
    """Return every row, oldest first."""
    async with factory.unit(SYSTEM, PlatformScope("tests")) as work:
        return [dict(row) for row in (await work.session.execute(text("select * from outbox order by id"))).mappings()]
