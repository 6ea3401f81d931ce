"""The business over HTTP: operators edit it, a refusal names the member, and the process goes on with it at once."""

import hashlib
from dataclasses import fields
from typing import Any

import pytest
from sqlalchemy import text

from capecontrol.core.business import Business
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.permissions import Role
from capecontrol.core.ports import Ports
from capecontrol.core.problems import Conflict
from capecontrol.features.business.actions.edit_business import UNPRINTED
from capecontrol.features.business.models import BusinessRecord
from capecontrol.features.business.schemas.business import BusinessEdit
from capecontrol.features.identity.actions.add_account import AddAccount, add_account
from tests.client import Client
from tests.people import SYSTEM, People

DUTCH = {
    "name": "Van Dijk Automatisering",
    "legal_name": "Van Dijk Automatisering B.V.",
    "address": "Keizersgracht 12\n1015 CX Amsterdam",
    "country": "NL",
    "registration_number": "KvK 87654321",
    "tax_number": "NL861234567B01",
    "tax_name": "BTW",
    "email": "hallo@vandijk.example",
    "phone": "+31 20 555 0123",
    "website": "https://vandijk.example",
    "currency": "EUR",
    "timezone": "Europe/Amsterdam",
    "number_format": "POINT_COMMA",
    "date_format": "DAY_MONTH_YEAR_DASHES",
    "default_terms": "Betaling binnen 14 dagen.",
    "days_to_pay": 14,
    "accent": "#7a1f5c",
    "accent_dark": None,
    "front_door": {
        "headline": "Minder typen",
        "introduction": "Wij koppelen uw systemen.",
        "offers": [{"title": "Koppelingen", "text": "Van formulier tot factuur.", "picture": None}],
        "contact": "Bel ons.",
        "about": "Sinds 2019.",
    },
}
BANK = {
    "account_name": "Van Dijk Automatisering B.V.",
    "bank_name": "Triodos Bank",
    "number": "NL91ABNA0417164300",
    "bic": "ABNANL2A",
    "branch_code": "",
    "note": "",
}


async def audited(people: People, action: str) -> list[dict[str, Any]]:
    async with people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        found = await work.session.execute(
            text("select metadata from audit_events where action = :action order by occurred_at"), {"action": action}
        )
        return list(found.scalars())


async def test_an_operator_changes_everything_and_the_process_goes_on_with_it(people: People, ports: Ports) -> None:
    client = (await people.operator()).client
    before = await client.get("/api/business")

    answer = await client.patch("/api/business", DUTCH, headers={"If-Match": before.headers["ETag"]})

    assert answer.status_code == 200, answer.text
    assert {name: answer.json()[name] for name in DUTCH} == DUTCH
    again = await client.get("/api/business")
    assert again.json() == answer.json()
    assert again.headers["ETag"] == answer.headers["ETag"] != before.headers["ETag"]
    here = ports.get(Business)
    assert (here.name, here.currency, here.timezone.key, here.tax_name) == (
        "Van Dijk Automatisering", "EUR", "Europe/Amsterdam", "BTW",
    )  # fmt: skip


def test_each_member_of_the_business_is_kept_and_can_be_edited() -> None:
    """What is derived by name cannot say itself that a name is missing on one side."""
    columns = set(BusinessRecord.__table__.columns.keys()) - {"id", "created_at", "updated_at", "revision"}
    assert columns == {member.name for member in fields(Business)} - {"tax_rates", "version"}
    assert BusinessEdit.model_fields.keys() == columns - {"logo", "bank"}
    assert DUTCH.keys() == BusinessEdit.model_fields.keys() - {"default_tax"}
    assert BusinessEdit.model_fields.keys() > UNPRINTED


async def test_a_change_that_is_rolled_back_is_not_what_the_process_goes_on_with(people: People, ports: Ports) -> None:
    operator, known = await people.operator(), ports.get(Business)
    async with people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        work.transaction.after_commit(lambda: ports.provide(Business, Business(name="committed")))
    assert ports.get(Business).name == "committed"
    ports.provide(Business, known)
    await people.person(Role.AUDITOR, email="somebody@people.test")

    async def add_again() -> None:
        async with people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
            work.transaction.after_commit(lambda: ports.provide(Business, Business(name="never")))
            await add_account(work, AddAccount("somebody@people.test", "Somebody", Role.AUDITOR, "x"))

    with pytest.raises(Conflict):
        await add_again()
    assert ports.get(Business) == known
    assert (await operator.client.get("/api/business")).json()["name"] == known.name


async def test_what_is_absent_stays_and_null_empties(people: People) -> None:
    client = (await people.operator()).client
    await client.patch("/api/business", DUTCH)

    answer = (await client.patch("/api/business", {"phone": None, "tax_number": ""})).json()

    assert (answer["phone"], answer["tax_number"], answer["name"]) == (None, None, "Van Dijk Automatisering")
    assert answer["front_door"] == DUTCH["front_door"]


async def test_who_edits_an_old_state_is_told_so_and_changes_nothing(people: People) -> None:
    client = (await people.operator()).client
    first = await client.patch("/api/business", {"name": "Harbour"})
    await client.patch("/api/business", {"name": "Harbour Automation"})

    late = await client.patch("/api/business", {"name": "Haven"}, headers={"If-Match": first.headers["ETag"]})
    bank = await client.put("/api/business/bank-details", {"bank": BANK}, headers={"If-Match": first.headers["ETag"]})

    assert (late.status_code, bank.status_code) == (412, 412)
    now = (await client.get("/api/business")).json()
    assert (now["name"], now["bank"]) == ("Harbour Automation", None)


async def test_the_same_again_is_no_change(people: People) -> None:
    client = (await people.operator()).client
    first = await client.patch("/api/business", DUTCH)
    second = await client.patch("/api/business", DUTCH)
    assert first.headers["ETag"] == second.headers["ETag"]
    assert len(await audited(people, "business.updated")) == 1


REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"name": ""}, "/name", "Enter at least 1 character."),
    ({"name": "a\nb"}, "/name", "Line breaks and control characters aren't allowed."),
    ({"country": "XX"}, "/country", "Enter a two-letter country code, such as ZA or NL."),
    ({"currency": "RND"}, "/currency", "Enter a three-letter currency code, such as ZAR or EUR."),
    ({"timezone": "Cape Town"}, "/timezone", "Choose a time zone such as Africa/Johannesburg or Europe/Amsterdam."),
    ({"website": "javascript:alert(1)"}, "/website", "Enter a web address that begins with https:// or http://."),
    ({"website": "https://a@b.example"}, "/website", "Enter a web address that begins with https:// or http://."),
    ({"accent": "red"}, "/accent", "Enter a colour such as #006c94."),
    (
        {"accent": "#ffdd00"},
        "/accent",
        "White text on #ffdd00 has a contrast of 1.3; at least 4.5 is needed.",
    ),
    (
        {"accent_dark": "#223344"},
        "/accent_dark",
        "Dark text on #223344 has a contrast of 1.3; at least 4.5 is needed.",
    ),
    (
        {"front_door": {"offers": [{"title": "x"}] * 4}},
        "/front_door/offers",
        "Enter at most 3 items.",
    ),
    ({"front_door": {"hero": "x"}}, "/front_door/hero", "This field isn't supported here."),
    ({"days_to_pay": -1}, "/days_to_pay", "Enter 0 or more."),
    ({"bank": BANK}, "/bank", "This field isn't supported here."),
    ({"logo": None}, "/logo", "This field isn't supported here."),
]


@pytest.mark.parametrize(("body", "pointer", "sentence"), REFUSED, ids=lambda value: str(value)[:40])
async def test_a_refusal_names_the_member_and_changes_nothing(
    body: dict[str, Any], pointer: str, sentence: str, people: People
) -> None:
    client = (await people.operator()).client
    before = (await client.get("/api/business")).json()

    answer = await client.patch("/api/business", {"phone": "1", **body})

    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"pointer": pointer, "detail": sentence}]
    assert (await client.get("/api/business")).json() == before


async def test_bank_details_are_kept_apart_and_no_number_stands_in_the_audit_log(people: People) -> None:
    client = (await people.operator()).client
    assert (await client.put("/api/business/bank-details", {"bank": BANK})).json()["bank"] == BANK
    other = {**BANK, "number": "NL20INGB0001234567"}
    await client.put("/api/business/bank-details", {"bank": other})
    assert (await client.put("/api/business/bank-details", {"bank": None})).json()["bank"] is None

    first, second, third = await audited(people, "business.updated")

    assert first["before"] == third["after"] == {"bank": None}
    assert first["after"]["bank"]["number"] == second["before"]["bank"]["number"] == "ending 300"
    assert second["after"]["bank"]["number"] == third["before"]["bank"]["number"] == "ending 567"
    told = str([first, second, third])
    assert not any(secret in told for secret in ("0417164300", "4300", "INGB000", "4567"))


async def test_the_audit_log_tells_what_was_and_what_is(people: People) -> None:
    client = (await people.operator()).client
    await client.patch("/api/business", {"name": "Harbour"})
    await client.patch("/api/business", {"name": "Harbour Automation", "days_to_pay": 30})
    assert (await audited(people, "business.updated"))[-1] == {
        "before": {"name": "Harbour", "days_to_pay": 14},
        "after": {"name": "Harbour Automation", "days_to_pay": 30},
    }


async def test_a_draft_keeps_its_currency(people: People) -> None:
    operator = (await people.operator()).client
    project = (
        await operator.post("/api/projects", {"org_id": str(await people.organization()), "title": "Reports"})
    ).json()
    line = {"description": "Work", "quantity": "1", "unit_price": {"amount": 100, "currency": "ZAR"}, "tax_rate": "15"}
    draft = (
        await operator.post("/api/proposals", {"project_id": project["id"], "title": "Reports", "line_items": [line]})
    ).json()

    await operator.patch("/api/business", {"currency": "EUR"})

    assert (await operator.get(f"/api/proposals/{draft['id']}")).json()["total"] == {"amount": 115, "currency": "ZAR"}


async def test_two_who_save_at_once_do_not_both_win(people: People) -> None:
    """The revision decides, not what each has read."""
    one, other = [(await people.operator()).client for _ in range(2)]
    seen = (await one.patch("/api/business", {"name": "Harbour"})).headers["ETag"]

    async def save(client: Client, name: str) -> int:
        return (await client.patch("/api/business", {"name": name}, headers={"If-Match": seen})).status_code

    assert sorted([await save(one, "A"), await save(other, "B")]) == [200, 412]


async def test_the_audit_log_tells_long_texts_by_their_digest(people: People) -> None:
    client, terms = (await people.operator()).client, "Payment within thirty days. " * 200
    await client.patch("/api/business", {"default_terms": terms, "front_door": {"about": "x" * 201, "headline": "Hi"}})

    [edited] = await audited(people, "business.updated")

    digest = hashlib.sha256(terms.strip().encode()).hexdigest()
    assert edited["after"]["default_terms"] == {"length": len(terms.strip()), "sha256": digest}
    assert edited["after"]["front_door"]["about"]["length"] == 201
    assert edited["after"]["front_door"]["headline"] == "Hi"


@pytest.mark.parametrize("member", ["name", "address", "currency", "front_door", "days_to_pay"])
async def test_what_cannot_be_taken_away_refuses_null(member: str, people: People) -> None:
    client = (await people.operator()).client
    before = (await client.get("/api/business")).json()
    answer = await client.patch("/api/business", {member: None})
    told = [{"pointer": f"/{member}", "detail": "Enter a value, or leave this out to keep it as it is."}]
    assert (answer.status_code, answer.json().get("errors")) == (422, told)
    assert (await client.get("/api/business")).json() == before
