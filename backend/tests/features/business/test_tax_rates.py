"""Rates of tax: several names side by side, each with a first day, and the newest that has begun counts."""

from datetime import date
from decimal import Decimal

from capecontrol.core.business import Business, SalesTaxRate
from capecontrol.core.ports import Ports
from tests.client import Client
from tests.people import People


async def _add(client: Client, name: str, rate: str, valid_from: str) -> dict[str, object]:
    answer = await client.post("/api/business/tax-rates", {"name": name, "rate": rate, "valid_from": valid_from})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def test_the_rate_of_today_is_the_newest_that_has_begun_of_each_name(people: People, ports: Ports) -> None:
    client = (await people.operator()).client
    assert (await client.get("/api/business")).json()["tax_rate"] == "15.00", "as long as nobody said another"
    await _add(client, "VAT", "14", "1993-04-07")
    await _add(client, "VAT", "15.00", "2018-04-01")
    await _add(client, "VAT", "15.5", "2999-05-01")
    await _add(client, "Levy", "1", "2020-01-01")

    found = (await client.get("/api/business/tax-rates")).json()["items"]

    assert [(one["name"], one["rate"], one["valid_from"], one["is_current"], one["has_begun"]) for one in found] == [
        ("VAT", "15.50", "2999-05-01", False, False),
        ("Levy", "1.00", "2020-01-01", True, True),
        ("VAT", "15.00", "2018-04-01", True, True),
        ("VAT", "14.00", "1993-04-07", False, True),
    ]
    here = ports.get(Business)
    assert set(here.tax_rates_on(date(2000, 1, 1))) == {SalesTaxRate("VAT", Decimal("14.00"), date(1993, 4, 7))}
    assert {tax.rate for tax in here.tax_rates_on(date(2999, 5, 1))} == {Decimal("15.50"), Decimal("1.00")}
    assert (await client.get("/api/business")).json()["tax_rate"] == "15.00", "not the levy's, and not the coming one"
    assert here.tax_rate_on(date(2999, 5, 1)) == Decimal("15.50")


async def test_a_rate_that_has_begun_stays_and_a_coming_one_can_go(people: People, ports: Ports) -> None:
    client = (await people.operator()).client
    begun, coming = await _add(client, "VAT", "15", "2018-04-01"), await _add(client, "VAT", "16", "2999-04-01")

    refused = await client.delete(f"/api/business/tax-rates/{begun['id']}")
    gone = await client.delete(f"/api/business/tax-rates/{coming['id']}")

    assert (refused.status_code, refused.json()["type"]) == (409, "business/tax-rate-begun")
    assert gone.status_code == 204
    assert [one["id"] for one in (await client.get("/api/business/tax-rates")).json()["items"]] == [begun["id"]]
    assert [tax.rate for tax in ports.get(Business).tax_rates] == [Decimal("15.00")]


async def test_a_tax_has_one_rate_from_a_day_on(people: People) -> None:
    client = (await people.operator()).client
    await _add(client, "VAT", "15", "2018-04-01")
    await _add(client, "GST", "10", "2018-04-01")
    again = await client.post("/api/business/tax-rates", {"name": "VAT", "rate": "16", "valid_from": "2018-04-01"})
    assert (again.status_code, again.json()["type"]) == (409, "business/tax-rate-taken")


async def test_what_is_no_rate_is_refused_by_its_member(people: People) -> None:
    client = (await people.operator()).client
    for body, pointer in (
        ({"rate": "101"}, "/rate"),
        ({"rate": "-1"}, "/rate"),
        ({"rate": "15.001"}, "/rate"),
        ({"valid_from": "2018-02-30"}, "/valid_from"),
        ({"valid_from": "2018-02-03T00:00:00Z"}, "/valid_from"),
        ({"name": ""}, "/name"),
    ):
        whole = {"name": "VAT", "rate": "15", "valid_from": "2018-04-01", **body}
        answer = await client.post("/api/business/tax-rates", whole)
        assert (answer.status_code, [one["pointer"] for one in answer.json()["errors"]]) == (422, [pointer])


async def test_a_rate_does_not_make_an_open_edit_of_the_business_stale(people: People) -> None:
    client = (await people.operator()).client
    seen = (await client.patch("/api/business", {"name": "Harbour"})).headers["ETag"]
    await _add(client, "VAT", "15", "2018-04-01")
    assert (await client.patch("/api/business", {"name": "Haven"}, headers={"If-Match": seen})).status_code == 200
