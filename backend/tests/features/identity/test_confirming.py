"""What asks for the password again: a session confirms that it is still its person, for ten minutes."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from capecontrol.core.business import Business
from capecontrol.core.ids import new_id
from capecontrol.core.permissions import Role
from capecontrol.core.ports import Ports
from tests.client import Client
from tests.features.audit.log import search
from tests.features.business.pictures import picture
from tests.features.proposals.carriers import Postbox
from tests.kept_ports import kept
from tests.moving_clock import MovingClock
from tests.outbox_drain import Drain
from tests.people import PASSWORD, People, Person

BANK = {"bank": {"account_name": "Northstar Automation", "number": "62012345678"}}


@pytest.fixture(autouse=True)
def business_kept(ports: Ports) -> Iterator[None]:
    """What is changed here is the process's business: the next test begins with its own."""
    with kept(ports, Business):
        yield


async def _change(client: Client) -> tuple[int, str]:
    answer = await client.put("/api/business/bank-details", BANK)
    return answer.status_code, answer.json().get("type", "")


async def _confirm(client: Client, password: str = PASSWORD) -> Any:
    return await client.post("/api/auth/confirm", {"password": password})


async def _operator(people: People) -> Person:
    return await people.person(Role.OPERATOR, confirmed=False)


async def test_an_act_waits_for_the_password_and_goes_on_for_ten_minutes(people: People, clock: MovingClock) -> None:
    client = (await _operator(people)).client
    assert await _change(client) == (403, "auth/confirmation-required")

    answer = await _confirm(client)

    assert answer.status_code == 200
    assert answer.json().keys() == {"confirmed_until"}
    assert (await _change(client))[0] == 200
    clock.advance(timedelta(minutes=9, seconds=59))
    assert (await _change(client))[0] == 200
    clock.advance(timedelta(seconds=2))
    assert await _change(client) == (403, "auth/confirmation-required")


async def test_a_session_confirms_for_itself_alone(people: People) -> None:
    operator = await _operator(people)
    signed_in = await people.stranger().post("/api/auth/login", {"email": operator.email, "password": PASSWORD})
    other = Client(people.app, signed_in.json()["access_token"])
    assert (await _confirm(operator.client)).status_code == 200
    assert await _change(other) == (403, "auth/confirmation-required")


async def test_a_key_repeats_no_answer_in_another_session(people: People) -> None:
    operator = await _operator(people)
    signed_in = await people.stranger().post("/api/auth/login", {"email": operator.email, "password": PASSWORD})
    other = Client(people.app, signed_in.json()["access_token"])
    key = {"Idempotency-Key": str(new_id())}
    for client in (operator.client, other):
        answer = await client.post("/api/auth/confirm", {"password": PASSWORD}, headers=key)
        assert answer.status_code == 200
        assert (await _change(client))[0] == 200


async def test_a_wrong_password_is_refused_by_its_member_and_the_session_goes_on(people: People) -> None:
    client = (await _operator(people)).client

    answer = await _confirm(client, "Not-the-one-9")

    assert (answer.status_code, answer.json()["errors"]) == (
        422,
        [{"pointer": "/password", "detail": "Incorrect password. Try again."}],
    )
    assert (await client.get("/api/auth/me")).status_code == 200
    assert await _change(client) == (403, "auth/confirmation-required")


async def test_wrong_passwords_lock_the_session_that_they_were_typed_in(people: People) -> None:
    operator = await _operator(people)
    for _ in range(5):
        assert (await _confirm(operator.client, "Not-the-one-9")).status_code == 422

    locked = await _confirm(operator.client)
    sign_in = await people.stranger().post("/api/auth/login", {"email": operator.email, "password": PASSWORD})

    assert (locked.status_code, locked.json()["type"]) == (429, "auth/locked")
    assert sign_in.status_code == 200
    assert (await _confirm(Client(people.app, sign_in.json()["access_token"]))).status_code == 200
    # What succeeded elsewhere counts here as little as what failed.
    assert (await _confirm(operator.client)).status_code == 429


async def test_strangers_who_sign_in_wrongly_keep_nobody_from_confirming(people: People) -> None:
    operator, stranger = await _operator(people), people.stranger()
    guess = {"email": operator.email, "password": "Not-the-one-9"}
    assert [(await stranger.post("/api/auth/login", guess)).status_code for _ in range(6)] == [401] * 5 + [429]

    assert (await _confirm(operator.client)).status_code == 200


async def test_the_password_does_not_replace_the_permission(people: People) -> None:
    owner = await people.owner()
    await _confirm(owner.client)
    assert await _change(owner.client) == (403, "auth/forbidden")


async def test_a_question_for_the_password_is_no_denial_and_a_wrong_password_is_a_failure(people: People) -> None:
    operator, auditor = await _operator(people), await people.person(Role.AUDITOR)
    await _change(operator.client)
    await _confirm(operator.client, "Not-the-one-9")

    [asked] = await search(auditor, action="access.")
    [refused] = await search(auditor, action="session.refused")

    assert (asked["action"], asked["outcome"]) == ("access.confirmation_asked", "SUCCESS")
    assert (asked["actor_id"], asked["resource"]) == (str(operator.id), "operation/change_bank_details")
    assert asked["title"] == "Password required: Update the bank details"
    assert asked["metadata"] == {"summary": "Update the bank details"}
    assert refused["outcome"] == "FAILURE"
    assert refused["title"] == "Failed to confirm their password"


@pytest.mark.parametrize(
    "printed",
    [
        {"name": "Harbour"},
        {"legal_name": "Harbour (Pty) Ltd"},
        {"registration_number": "2019/123456/07"},
        {"tax_name": "GST"},
        {"phone": "+27 21 555 0100"},
        {"website": "https://harbour.example"},
        {"address": "1 Dock Road"},
        {"email": "pay@harbour.example"},
        {"tax_number": "4123456789"},
        {"default_terms": "Payment at once."},
        {"accent": "#7a1f5c", "country": "NL"},
        {"currency": "EUR"},
        {"front_door": {"headline": "Welcome", "contact": "pay@harbour.example"}},
        {"front_door": {"about": "We are Harbour."}},
    ],
    ids=lambda value: "-".join((*value, *value.get("front_door", ()))),
)
async def test_what_documents_print_asks_for_the_password(printed: dict[str, Any], people: People) -> None:
    client = (await _operator(people)).client
    before = (await client.get("/api/business")).json()

    answer = await client.patch("/api/business", printed)

    assert (answer.status_code, answer.json()["type"]) == (403, "auth/confirmation-required")
    assert (await client.get("/api/business")).json() == before
    await _confirm(client)
    assert (await client.patch("/api/business", printed)).status_code == 200


async def test_what_no_document_prints_and_what_stays_as_it_is_need_no_password(people: People) -> None:
    client = (await _operator(people)).client
    same = {name: (await client.get("/api/business")).json()[name] for name in ("name", "address")}
    door = {**(await client.get("/api/business")).json()["front_door"], "headline": "Welcome"}
    look = {
        "accent": "#7a1f5c",
        "accent_dark": "#f0a0d0",
        "number_format": "POINT_COMMA",
        "date_format": "YEAR_MONTH_DAY",
    }
    answer = await client.patch(
        "/api/business", {**same, **look, "timezone": "Europe/Amsterdam", "days_to_pay": 30, "front_door": door}
    )
    assert answer.status_code == 200, answer.text


async def test_a_tax_rate_asks_for_the_password(people: People) -> None:
    """A rate of another size, or one that ends, changes what clients are charged."""
    client, sure = (await _operator(people)).client, (await people.operator()).client
    rate = {"name": "Levy", "rate": "1.00", "valid_from": "2030-01-01"}
    made = (await sure.post("/api/business/tax-rates", rate)).json()
    address = f"/api/business/tax-rates/{made['id']}"
    before = (await client.get("/api/business/tax-rates")).json()

    for answer in (
        await client.post("/api/business/tax-rates", {**rate, "valid_from": "2031-01-01"}),
        await client.patch(address, {"valid_until": "2032-12-31"}),
        await client.delete(address),
    ):
        assert (answer.status_code, answer.json()["type"]) == (403, "auth/confirmation-required")
    assert (await client.get("/api/business/tax-rates")).json() == before

    await _confirm(client)
    assert (await client.patch(address, {"valid_until": "2032-12-31"})).status_code == 200
    assert (await client.delete(address)).status_code == 204


async def test_the_logo_asks_for_the_password(people: People) -> None:
    client = (await _operator(people)).client
    file = {"file": ("logo.png", picture(), "image/png")}
    for answer in (await client.put("/api/business/logo", files=file), await client.delete("/api/business/logo")):
        assert (answer.status_code, answer.json()["type"]) == (403, "auth/confirmation-required")
    assert (await client.get("/api/business")).json()["logo"] is None

    await _confirm(client)
    assert (await client.put("/api/business/logo", files=file)).status_code == 200
    assert (await client.delete("/api/business/logo")).status_code == 200


async def test_every_operator_is_told_once_of_other_bank_details(
    people: People, drain: Drain, postbox: Postbox
) -> None:
    one, other = await people.operator(), await people.operator()
    await people.person(Role.DEVELOPER)
    for _ in range(2):
        # The second time nothing changes.
        assert (await _change(one.client))[0] == 200
    await drain()
    await drain()

    told = [mail for mail in postbox.mails if "bank details" in mail.subject]
    assert sorted(mail.to for mail in told) == sorted([one.email, other.email])
    for mail in told:
        assert mail.subject == "The bank details of Northstar Automation have changed"
        assert "http://localhost:8000/admin/business" in mail.text
        assert BANK["bank"]["number"] not in mail.text + mail.html


@pytest.mark.parametrize(
    ("change", "is_told"),
    [
        ({"email": "accounts@elsewhere.example"}, True),
        ({"phone": "+27 21 555 0199"}, True),
        ({"website": "https://elsewhere.example"}, True),
        ({"front_door": {"contact": "Write to accounts@elsewhere.example"}}, True),
        ({"front_door": {"about": "A dozen people by the harbour."}}, False),
        ({"name": "Northstar Automation Group"}, False),
    ],
    ids=["e-mail", "phone", "website", "front page's contact", "front page's about", "name"],
)
async def test_every_operator_is_told_once_of_another_contact(
    change: dict[str, Any], is_told: bool, people: People, drain: Drain, postbox: Postbox
) -> None:
    one, other = await people.operator(), await people.operator()
    await people.person(Role.DEVELOPER)
    for _ in range(2):
        # The second time nothing changes.
        assert (await one.client.patch("/api/business", change)).status_code == 200
    await drain()
    await drain()

    told = [mail for mail in postbox.mails if "contact details" in mail.subject]
    assert sorted(mail.to for mail in told) == (sorted([one.email, other.email]) if is_told else [])
    for mail in told:
        assert mail.subject.startswith("The contact details of Northstar Automation")
        assert "http://localhost:8000/admin/business" in mail.text
        # Who reads it looks at the page, and trusts no address that stands in the mail.
        assert "elsewhere" not in mail.text.partition("If you didn’t expect")[0]
