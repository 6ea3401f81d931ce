"""An absence of a part is told when it begins, and once a minute while it lasts."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from capecontrol.core.actor import Actor
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.main.outage import Outage


def lines(caplog: pytest.LogCaptureFixture) -> list[tuple[object, ...]]:
    found = [record.msg for record in caplog.records if isinstance(record.msg, dict)]
    return [(line["event"], line["seconds"], line["sqlstate"]) for line in found]


async def test_what_lasts_is_told_again_with_its_cause(
    factory: UnitOfWorkFactory, caplog: pytest.LogCaptureFixture
) -> None:
    seconds = [0.0]
    outage = Outage("tests", clock=lambda: seconds[0])
    with pytest.raises(DBAPIError) as failed:
        async with factory.unit(Actor.system("tests"), PlatformScope("tests")) as work:
            await work.session.execute(text("select * from nowhere"))
    for seconds[0] in (0, 1, 59, 61, 119, 122):
        outage.begin(failed.value)
    outage.end()
    assert lines(caplog) == [
        ("part.away", 0, "42P01"),
        ("part.away", 61, "42P01"),
        ("part.away", 122, "42P01"),
    ]
    assert outage.seconds == 0


def test_what_is_not_of_the_database_has_no_code(caplog: pytest.LogCaptureFixture) -> None:
    Outage("tests").begin(ConnectionError())
    assert lines(caplog) == [("part.away", 0, None)]
