"""Rates of tax: several names side by side, each rate from first to last day, and one tax marked for new lines."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from capecontrol.core.business import Business
from capecontrol.core.permissions import Role
from capecontrol.core.ports import Ports
from capecontrol.core.sales_tax import SalesTaxRate
from tests.client import Client
from tests.features.business.test_business import audited
from tests.moving_clock import MovingClock
from tests.people import PASSWORD, People

#: Half past nine in the evening in Johannesburg, where the business is.
TODAY = datetime(2026, 11, 22, 19, 30, tzinfo=UTC)


@pytest.fixture
async def client(people: People, clock: MovingClock) -> Client:
    clock.stop(TODAY)
    return (await people.operator()).client


async def _add(client: Client, name: str, rate: str, valid_from: str, valid_until: str | None = None) -> dict[str, Any]:
    body = {"name": name, "rate": rate, "valid_from": valid_from, "valid_until": valid_until}
    answer = await client.post("/api/business/tax-rates", body)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def _end(client: Client, rate: Mapping[str, Any], valid_until: str | None) -> Any:
    return await client.patch(f"/api/business/tax-rates/{rate['id']}", {"valid_until": valid_until})


async def _mark(client: Client, tax: str | None) -> None:
    answer = await client.patch("/api/business", {"default_tax": tax})
    assert answer.status_code == 200, answer.text


async def _new_lines_start_with(client: Client) -> str | None:
    rate: str | None = (await client.get("/api/business")).json()["tax_rate"]
    return rate


async def _rates(client: Client) -> list[dict[str, Any]]:
    rates: list[dict[str, Any]] = (await client.get("/api/business/tax-rates")).json()["items"]
    return rates


async def test_the_rate_of_today_is_the_newest_that_has_begun_of_each_name(client: Client, ports: Ports) -> None:
    await _add(client, "VAT", "14", "1993-04-07")
    await _add(client, "VAT", "15.00", "2018-04-01")
    await _add(client, "VAT", "15.5", "2999-05-01")
    await _add(client, "Levy", "1", "2020-01-01", "2026-11-22")
    await _mark(client, "VAT")

    told = ("name", "rate", "valid_from", "valid_until", "has_begun", "is_current", "is_default")
    assert [tuple(one[name] for name in told) for one in await _rates(client)] == [
        ("VAT", "15.50", "2999-05-01", None, False, False, True),
        ("Levy", "1.00", "2020-01-01", "2026-11-22", True, True, False),
        ("VAT", "15.00", "2018-04-01", None, True, True, True),
        ("VAT", "14.00", "1993-04-07", None, True, False, True),
    ]
    here = ports.get(Business)
    assert SalesTaxRate("Levy", Decimal("1.00"), date(2020, 1, 1), date(2026, 11, 22)) in here.tax_rates
    assert await _new_lines_start_with(client) == "15.00", "not the levy's, and not the coming one"
    assert [here.tax_rate_on(date(year, 5, 1)) for year in (1990, 2000, 2999)] == [None, Decimal(14), Decimal("15.50")]


async def test_nothing_is_the_default_until_a_person_says_so(client: Client) -> None:
    assert await _new_lines_start_with(client) is None, "nobody invents a rate"
    await _add(client, "VAT", "15", "2018-04-01")

    body = (await client.get("/api/business")).json()

    assert (body["default_tax"], body["tax_rate"]) == (None, None)
    assert [rate["is_default"] for rate in await _rates(client)] == [False]
    await _mark(client, "VAT")
    assert await _new_lines_start_with(client) == "15.00"
    await _mark(client, None)
    assert await _new_lines_start_with(client) is None


@pytest.mark.parametrize("renamed", ["BTW", "vat", "Levy"])
async def test_what_documents_call_the_tax_does_not_change_the_default(client: Client, renamed: str) -> None:
    await _add(client, "Levy", "1", "2010-01-01")
    await _add(client, "VAT", "15", "2018-04-01")
    await _mark(client, "VAT")

    await client.patch("/api/business", {"tax_name": renamed})

    assert await _new_lines_start_with(client) == "15.00"


async def test_the_next_rate_of_a_tax_is_its_own_in_whatever_case(client: Client) -> None:
    await _add(client, "VAT", "15", "2018-04-01")
    await _mark(client, "VAT")

    added = await _add(client, "vat", "15.5", "2026-11-22")

    assert (added["name"], added["is_default"]) == ("VAT", True)
    assert await _new_lines_start_with(client) == "15.50"
    again = await client.post("/api/business/tax-rates", {"name": "Vat", "rate": "16", "valid_from": "2026-11-22"})
    assert (again.status_code, again.json()["type"]) == (409, "business/tax-rate-taken")


async def test_a_rate_counts_on_its_last_day_and_no_longer(client: Client, clock: MovingClock) -> None:
    rate = await _add(client, "VAT", "15", "2018-04-01")
    await _mark(client, "VAT")

    ended = await _end(client, rate, "2026-11-22")

    assert (ended.status_code, ended.json()) == (200, {**rate, "valid_until": "2026-11-22", "is_default": True})
    assert await _new_lines_start_with(client) == "15.00"
    # Midnight in Johannesburg, 22:00 in UTC.
    clock.stop(datetime(2026, 11, 22, 22, tzinfo=UTC))
    assert await _new_lines_start_with(client) is None, "it ended yesterday"
    assert [(one["is_current"], one["has_begun"]) for one in await _rates(client)] == [(False, True)]


async def test_a_rate_that_ended_brings_none_of_those_before_back(client: Client) -> None:
    await _add(client, "VAT", "19", "2007-01-01")
    lowered = await _add(client, "VAT", "16", "2020-07-01", "2020-12-31")
    await _mark(client, "VAT")
    assert await _new_lines_start_with(client) is None
    assert [rate["is_current"] for rate in await _rates(client)] == [False, False]
    await _end(client, lowered, None)
    assert await _new_lines_start_with(client) == "16.00"


async def test_no_rate_ends_before_it_begins(client: Client) -> None:
    rate = await _add(client, "VAT", "15", "2018-04-01")
    new = {"name": "Levy", "rate": "1", "valid_from": "2018-04-01", "valid_until": "2018-03-31"}
    for refused in (await _end(client, rate, "2018-03-31"), await client.post("/api/business/tax-rates", new)):
        sentence = "The last day can't be before the first day, 2018-04-01."
        assert (refused.status_code, refused.json()["errors"]) == (
            422,
            [{"pointer": "/valid_until", "detail": sentence}],
        )
    assert [(one["name"], one["valid_until"]) for one in await _rates(client)] == [("VAT", None)]
    assert (await _end(client, rate, "2018-04-01")).status_code == 200, "one day is a period"


async def test_only_a_tax_that_there_is_can_be_the_default(client: Client, ports: Ports) -> None:
    await _add(client, "VAT", "15", "2018-04-01")
    await _mark(client, "VAT")
    for unknown in ("vat", "BTW"):
        refused = await client.patch("/api/business", {"default_tax": unknown})
        sentence = f"There is no tax rate called {unknown}. Add one first."
        assert (refused.status_code, refused.json()["errors"]) == (
            422,
            [{"pointer": "/default_tax", "detail": sentence}],
        )
    assert (await client.get("/api/business")).json()["default_tax"] == ports.get(Business).default_tax == "VAT"


async def test_two_who_choose_a_default_at_once_leave_one(client: Client, people: People) -> None:
    other = (await people.operator()).client
    for name in ("VAT", "Levy"):
        await _add(client, name, "15", "2018-04-01")

    answers = await asyncio.gather(
        client.patch("/api/business", {"default_tax": "VAT"}), other.patch("/api/business", {"default_tax": "Levy"})
    )

    assert {answer.status_code for answer in answers} <= {200, 412}
    assert {rate["name"]: rate["is_default"] for rate in await _rates(client)} in (
        {"VAT": True, "Levy": False},
        {"VAT": False, "Levy": True},
    )


async def test_who_chooses_the_default_confirms_the_password_and_is_on_record(client: Client, people: People) -> None:
    await _add(client, "VAT", "15", "2018-04-01")
    unconfirmed = (await people.person(Role.OPERATOR, confirmed=False)).client

    refused = await unconfirmed.patch("/api/business", {"default_tax": "VAT"})

    assert (refused.status_code, refused.json()["type"]) == (403, "auth/confirmation-required")
    assert await _new_lines_start_with(client) is None
    await unconfirmed.post("/api/auth/confirm", {"password": PASSWORD})
    assert (await unconfirmed.patch("/api/business", {"default_tax": "VAT"})).status_code == 200
    assert await audited(people, "business.updated") == [
        {"before": {"default_tax": None}, "after": {"default_tax": "VAT"}}
    ]


async def test_an_end_is_on_record_once(client: Client, people: People) -> None:
    rate = await _add(client, "VAT", "15", "2018-04-01")
    for _ in range(2):
        await _end(client, rate, "2027-03-31")
    assert await audited(people, "business.tax_rate_updated") == [
        {
            "name": "VAT",
            "rate": "15.00",
            "before": {"valid_until": None},
            "after": {"valid_until": "2027-03-31"},
        }
    ]


async def test_a_rate_that_has_begun_stays_and_a_coming_one_can_go(client: Client, ports: Ports) -> None:
    begun, coming = await _add(client, "VAT", "15", "2018-04-01"), await _add(client, "VAT", "16", "2999-04-01")
    await _mark(client, "VAT")

    refused = await client.delete(f"/api/business/tax-rates/{begun['id']}")
    gone = await client.delete(f"/api/business/tax-rates/{coming['id']}")

    assert (refused.status_code, refused.json()["type"]) == (409, "business/tax-rate-begun")
    assert gone.status_code == 204
    assert [one["id"] for one in await _rates(client)] == [begun["id"]]
    assert [tax.rate for tax in ports.get(Business).tax_rates] == [Decimal("15.00")]


async def test_a_rate_has_begun_on_its_first_day(client: Client) -> None:
    rates = [await _add(client, "VAT", "15", "2026-11-22"), await _add(client, "VAT", "16", "2026-11-23")]

    answers = [await client.delete(f"/api/business/tax-rates/{rate['id']}") for rate in rates]

    assert [answer.status_code for answer in answers] == [409, 204]
    assert answers[0].json()["type"] == "business/tax-rate-begun"


async def test_the_last_rate_of_the_default_stays(client: Client) -> None:
    coming = await _add(client, "VAT", "16", "2999-04-01")
    await _mark(client, "VAT")

    refused = await client.delete(f"/api/business/tax-rates/{coming['id']}")

    assert (refused.status_code, refused.json()["type"]) == (409, "business/tax-rate-is-default")
    assert [one["id"] for one in await _rates(client)] == [coming["id"]]
    await _mark(client, None)
    assert (await client.delete(f"/api/business/tax-rates/{coming['id']}")).status_code == 204


async def test_a_tax_is_not_marked_while_its_last_rate_is_deleted(client: Client, people: People) -> None:
    other = (await people.operator()).client
    coming = await _add(client, "VAT", "16", "2999-04-01")

    marked, deleted = await asyncio.gather(
        client.patch("/api/business", {"default_tax": "VAT"}), other.delete(f"/api/business/tax-rates/{coming['id']}")
    )

    assert (marked.status_code, deleted.status_code) in ((200, 409), (422, 204))
    default = (await client.get("/api/business")).json()["default_tax"]
    assert [rate["name"] for rate in await _rates(client)] == ([default] if default else [])


async def test_a_tax_has_one_rate_from_a_day_on(client: Client) -> None:
    await _add(client, "VAT", "15", "2018-04-01")
    await _add(client, "GST", "10", "2018-04-01")
    again = await client.post("/api/business/tax-rates", {"name": "VAT", "rate": "16", "valid_from": "2018-04-01"})
    assert (again.status_code, again.json()["type"]) == (409, "business/tax-rate-taken")


async def test_what_is_no_rate_is_refused_by_its_member(client: Client) -> None:
    for body, pointer in (
        ({"rate": "101"}, "/rate"),
        ({"rate": "-1"}, "/rate"),
        ({"rate": "15.001"}, "/rate"),
        ({"valid_from": "2018-02-30"}, "/valid_from"),
        ({"valid_from": "2018-02-03T00:00:00Z"}, "/valid_from"),
        ({"valid_until": "2018-02-30"}, "/valid_until"),
        ({"name": ""}, "/name"),
    ):
        whole = {"name": "VAT", "rate": "15", "valid_from": "2018-04-01", **body}
        answer = await client.post("/api/business/tax-rates", whole)
        assert (answer.status_code, [one["pointer"] for one in answer.json()["errors"]]) == (422, [pointer])


async def test_a_rate_does_not_make_an_open_edit_of_the_business_stale(client: Client) -> None:
    seen = (await client.patch("/api/business", {"name": "Harbour"})).headers["ETag"]
    rate = await _add(client, "VAT", "15", "2018-04-01")
    await _end(client, rate, "2027-03-31")
    assert (await client.patch("/api/business", {"name": "Haven"}, headers={"If-Match": seen})).status_code == 200


async def test_of_those_who_delete_a_rate_at_once_one_does_and_the_others_find_none(
    client: Client, people: People
) -> None:
    coming = await _add(client, "VAT", "16", "2999-04-01")
    others = [(await people.operator()).client for _ in range(3)]

    answers = await asyncio.gather(
        *(one.delete(f"/api/business/tax-rates/{coming['id']}") for one in (client, *others))
    )

    assert sorted(answer.status_code for answer in answers) == [204, 404, 404, 404]


async def test_each_of_several_last_days_says_what_it_replaces(client: Client, people: People) -> None:
    rate = await _add(client, "VAT", "15", "2018-04-01")
    others = [(await people.operator()).client for _ in range(2)]
    days = ["2030-01-01", "2031-01-01", "2032-01-01"]

    await asyncio.gather(
        *(
            one.patch(f"/api/business/tax-rates/{rate['id']}", {"valid_until": day})
            for one, day in zip((client, *others), days, strict=True)
        )
    )

    told = await audited(people, "business.tax_rate_updated")
    befores = [one["before"]["valid_until"] for one in told]
    afters = [one["after"]["valid_until"] for one in told]
    assert sorted(afters) == days
    assert len(set(befores)) == 3
    assert set(befores) < {None, *days}
