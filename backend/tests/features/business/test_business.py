"""The business over HTTP."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from capecontrol.core.business import Business
from capecontrol.core.ports import Ports
from tests.people import People


async def test_operators_learn_in_whose_name_they_write_and_nothing_private(people: People, ports: Ports) -> None:
    wired = ports.get(Business)
    ports.provide(
        Business,
        replace(wired, name="Harbour Automation", currency="JPY", timezone=ZoneInfo("Asia/Tokyo"), tax_name="JCT"),
    )
    try:
        answer = await (await people.operator()).client.get("/api/business")
    finally:
        ports.provide(Business, wired)

    assert answer.status_code == 200
    assert answer.json() == {
        "name": "Harbour Automation",
        "currency": "JPY",
        "timezone": "Asia/Tokyo",
        "tax_name": "JCT",
    }
