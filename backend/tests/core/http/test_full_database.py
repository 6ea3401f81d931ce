"""A database that has no room, or no memory, for what it is asked: the client comes again, and nothing is broken."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from capecontrol.core.actor import Actor
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.http.errors import to_problem
from capecontrol.core.problems import Unavailable
from capecontrol.core.work import UnitOfWorkFactory

#: No room on the disk, no memory, and a disk that cannot be read or written.
STATES = ("53000", "53100", "53200", "58000", "58030")


@pytest.mark.parametrize("state", STATES)
async def test_who_asks_for_more_than_the_server_has_is_told_to_come_again(
    factory: UnitOfWorkFactory, state: str
) -> None:
    with pytest.raises(DBAPIError) as refusal:
        async with factory.unit(Actor.system("test"), PlatformScope("test")) as work:
            await work.transaction.connection.execute(text(f"do $$ begin raise sqlstate '{state}'; end $$"))
    problem = to_problem(refusal.value)
    assert isinstance(problem, Unavailable)
    assert problem.headers["Retry-After"]
    # So the driver says it when a prepared statement of ours fails, or the commit.
    assert isinstance(to_problem(_as_the_driver_says(refusal.value)), Unavailable)


def _as_the_driver_says(error: BaseException) -> Exception:
    cause = getattr(error, "orig", None)
    driver = cause.__cause__ if cause is not None else None
    assert isinstance(driver, Exception)
    return driver
