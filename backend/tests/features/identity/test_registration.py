"""Registration and verification: nobody learns who has an account, and a mailed secret is good once."""

import uuid
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from httpx import Response
from sqlalchemy import text

from capecontrol.core.actor import Actor, Origin
from capecontrol.core.crypto import digest
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.passwords import PasswordHasher
from capecontrol.core.permissions import Role
from capecontrol.core.ports import Ports
from capecontrol.core.work import Units
from capecontrol.features.identity.actions.register_organization import (
    Registered,
    RegisterOrganization,
    register_organization,
)
from capecontrol.features.notifications.ports import Mailer, OutgoingMail
from tests.client import Client
from tests.kept_ports import kept
from tests.moving_clock import MovingClock
from tests.outbox_drain import Drain
from tests.people import PASSWORD, SYSTEM, People

WEAK = ("short-1", "alllowercase", "12345678", "Password1!", "Welcome1!", "aaaaaaaaaaaaaaaaaaaa", "x" * 129, "        ")


class SentMail:
    """A carrier that keeps what it is given."""

    def __init__(self) -> None:
        self.sent: list[OutgoingMail] = []

    async def deliver(self, mail: OutgoingMail) -> None:
        self.sent.append(mail)

    def tokens(self, address: str) -> list[str]:
        """The secrets of the verification links that went to an address."""
        mails = [mail.text for mail in self.sent if mail.to == address]
        return [part.split("/verify-email/")[1].split()[0] for part in mails if "/verify-email/" in part]


@pytest.fixture
def mail(ports: Ports) -> SentMail:
    mail = SentMail()
    ports.provide(Mailer, mail)
    return mail


@pytest.fixture(autouse=True)
def _carrier_comes_back(ports: Ports) -> object:
    before = ports.get(Mailer)
    yield
    ports.provide(Mailer, before)


async def _register(client: Client, email: str, name: str, password: str = "Lighthouse-7") -> Response:
    return await client.post("/api/auth/register", {"email": email, "password": password, "organization_name": name})


async def test_a_known_address_is_answered_like_a_new_one(people: People, drain: Drain, mail: SentMail) -> None:
    owner, stranger = await people.owner(), people.stranger()

    known = await _register(stranger, owner.email, "Another Name")
    fresh = await _register(stranger, "fresh@people.test", "Fresh Name")
    await drain()

    assert (known.status_code, fresh.status_code) == (201, 201)
    assert known.json().keys() == fresh.json().keys()
    assert known.json()["message"] == fresh.json()["message"]
    assert {*known.headers} == {*fresh.headers}
    for member in ("user_id", "org_id"):
        assert uuid.UUID(known.json()[member]).version == 7
    # The made-up ids lead nowhere, and the owner of the address hears of it.
    async with people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        found = await work.session.execute(
            text("select count(*) from organizations where name = 'Another Name' or id = :id"),
            {"id": known.json()["org_id"]},
        )
        assert found.scalar_one() == 0
    assert [sent.to for sent in mail.sent] == [owner.email, "fresh@people.test"]
    assert mail.tokens(owner.email) == []
    assert len(mail.tokens("fresh@people.test")) == 1


async def test_a_name_that_is_taken_is_409_for_known_and_new_addresses_alike(people: People) -> None:
    owner, stranger = await people.owner("Harbour Logistics"), people.stranger()
    known = await _register(stranger, owner.email, "harbour LOGISTICS")
    fresh = await _register(stranger, "fresh@people.test", "harbour LOGISTICS")
    assert (known.status_code, fresh.status_code) == (409, 409)
    assert {**known.json(), "instance": ""} == {**fresh.json(), "instance": ""}


class OvertakenHasher(PasswordHasher):
    """While it works, somebody is faster."""

    def __init__(self, hasher: PasswordHasher, overtake: Callable[[], Awaitable[object]]) -> None:
        self._hasher, self._overtake = hasher, overtake

    async def hash(self, password: str, *, source: str | None = None) -> str:
        await self._overtake()
        return await self._hasher.hash(password, source=source)


async def _organizations(people: People) -> int:
    async with people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        return int((await work.session.execute(text("select count(*) from organizations"))).scalar_one())


@pytest.mark.parametrize("name", ["Slow Name", "Fast Name"])
async def test_an_address_that_another_took_in_between_is_answered_like_a_known_one(
    name: str, people: People, ports: Ports, drain: Drain, mail: SentMail
) -> None:
    hasher, faster = ports.get(PasswordHasher), list[Response]()

    async def overtake() -> None:
        ports.provide(PasswordHasher, hasher)
        faster.append(await _register(people.stranger(), "fresh@people.test", "Fast Name"))

    with kept(ports, PasswordHasher):
        ports.provide(PasswordHasher, OvertakenHasher(hasher, overtake))
        slower = await _register(people.stranger(), "fresh@people.test", name)
    await drain()

    assert [slower.status_code, *(one.status_code for one in faster)] == [201, 201]
    assert slower.json().keys() == faster[0].json().keys()
    assert slower.json()["message"] == faster[0].json()["message"]
    assert slower.json()["user_id"] != faster[0].json()["user_id"]
    assert await _organizations(people) == 1
    # One link, and one word that somebody tried again.
    assert [sent.to for sent in mail.sent] == ["fresh@people.test"] * 2
    assert len(mail.tokens("fresh@people.test")) == 1


async def test_two_attempts_of_one_registration_make_one_and_tell_nobody_that_it_is_known(
    people: People, ports: Ports, drain: Drain, mail: SentMail
) -> None:
    units, hasher = Units(people.factory, Actor.anonymous(), None, Origin()), ports.get(PasswordHasher)
    command, faster = RegisterOrganization("fresh@people.test", "Lighthouse-7", "Fresh Name", None), list[Registered]()

    async def overtake() -> None:
        faster.append(await register_organization(units, command, hasher=hasher))

    slower = await register_organization(units, command, hasher=OvertakenHasher(hasher, overtake))
    await drain()

    assert faster == [slower]
    assert await _organizations(people) == 1
    assert [sent.to for sent in mail.sent] == ["fresh@people.test"]
    assert len(mail.tokens("fresh@people.test")) == 1


@pytest.mark.parametrize("password", WEAK)
async def test_a_weak_password_is_422(password: str, people: People) -> None:
    answer = await _register(people.stranger(), "fresh@people.test", "Fresh", password)
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json()["errors"]] == ["/password"]


@pytest.mark.parametrize(
    "password", ["xyzt" * 20 + "Az-1", "\U0001f511" * 5 + "Aa1-xyzB" * 8, "correct horse battery staple"]
)
async def test_long_passwords_are_neither_cut_nor_refused(
    password: str, people: People, drain: Drain, mail: SentMail
) -> None:
    stranger = people.stranger()
    assert (await _register(stranger, "fresh@people.test", "Fresh", password)).status_code == 201
    await drain()
    await stranger.post("/api/auth/verify-email", {"token": mail.tokens("fresh@people.test")[0]})
    body = {"email": "fresh@people.test", "password": password}
    assert (await stranger.post("/api/auth/login", body)).status_code == 200
    cut = await stranger.post("/api/auth/login", {**body, "password": password[:-1]})
    assert cut.status_code == 401


#: What becomes two addresses, or none, in its comparable form.
HIDDEN = ["victim＠target.com，x@evil.com", "owner＠demo.test@people.test", "a＜b@people.test", "a．．b@people.test"]


@pytest.mark.parametrize("address", HIDDEN)
async def test_an_address_is_checked_in_the_form_that_is_kept(
    address: str, people: People, drain: Drain, mail: SentMail
) -> None:
    stranger = people.stranger()
    answers = [
        await _register(stranger, address, "Fresh"),
        await stranger.post("/api/auth/resend-verification", {"email": address}),
    ]
    await drain()
    assert [(one.status_code, one.json()["errors"][0]["pointer"]) for one in answers] == [(422, "/email")] * 2
    assert mail.sent == []


async def test_who_registered_by_the_older_rule_still_signs_in(people: People) -> None:
    kept = f"a..{uuid.uuid4().hex[:8]}@people.test"
    await people.person(Role.OWNER, await people.organization("Old"), email=kept)
    body = {"email": kept.replace("..", "．．"), "password": PASSWORD}
    assert (await people.stranger().post("/api/auth/login", body)).status_code == 200


async def test_addresses_are_compared_in_one_form(people: People, drain: Drain, mail: SentMail) -> None:
    stranger = people.stranger()
    await _register(stranger, "Fresh@People.test", "Fresh")
    await _register(stranger, "fresh@people.TEST", "Fresh Again")
    await drain()
    assert [sent.to for sent in mail.sent] == ["fresh@people.test"] * 2
    assert len(mail.tokens("fresh@people.test")) == 1


async def test_a_token_is_good_once_and_in_its_time(
    people: People, drain: Drain, mail: SentMail, clock: MovingClock
) -> None:
    stranger = people.stranger()
    await _register(stranger, "fresh@people.test", "Fresh")
    await drain()
    [first] = mail.tokens("fresh@people.test")
    await stranger.post("/api/auth/resend-verification", {"email": "fresh@people.test"})
    await drain()
    second = mail.tokens("fresh@people.test")[1]

    async def use(token: str) -> Response:
        return await stranger.post("/api/auth/verify-email", {"token": token})

    refused = [await use("bad"), await use(first), await use(second[:-1] + ("A" if second[-1] != "A" else "B"))]
    clock.advance(timedelta(hours=24, minutes=1))
    refused.append(await use(second))
    clock.reset()
    used = await use(second)
    said = {"message": "Your address is confirmed. You can sign in now.", "email": "fresh@people.test"}
    assert (used.status_code, used.json()) == (200, said)
    refused.append(await use(second))
    assert {one.status_code for one in refused} == {400}
    assert {one.json()["type"] for one in refused} == {"auth/invalid-token"}
    assert len({one.json()["detail"] for one in refused}) == 1


async def test_a_token_for_another_purpose_is_refused(people: People, factory: object) -> None:
    person = await people.owner()
    async with people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        await work.session.execute(
            text(
                "insert into one_time_tokens (id, org_id, user_id, purpose, token_hash, expires_at, created_at) "
                "values (gen_random_uuid(), :org, :user, 'RESET_PASSWORD', :hash, now() + interval '1 hour', now())"
            ),
            {"org": person.org_id, "user": person.id, "hash": digest("another-purpose")},
        )
    answer = await people.stranger().post("/api/auth/verify-email", {"token": "another-purpose"})
    assert answer.status_code == 400


async def test_resending_tells_nothing(people: People, drain: Drain, mail: SentMail) -> None:
    owner, stranger = await people.owner(), people.stranger()
    answers = [
        await stranger.post("/api/auth/resend-verification", {"email": email})
        for email in (owner.email, "nobody@people.test")
    ]
    await drain()
    assert [one.status_code for one in answers] == [202, 202]
    assert answers[0].json() == answers[1].json()
    assert mail.sent == []


async def test_discovery_tells_nothing(people: People) -> None:
    owner, stranger = await people.owner(), people.stranger()
    answers = [
        await stranger.get("/api/auth/discover", params={"email": email}) for email in (owner.email, "no@people.test")
    ]
    assert answers[0].json() == answers[1].json()


async def test_who_did_not_verify_hears_so_only_after_the_right_password(people: People) -> None:
    stranger = people.stranger()
    await _register(stranger, "fresh@people.test", "Fresh", PASSWORD)
    wrong = await stranger.post("/api/auth/login", {"email": "fresh@people.test", "password": "Wrong-pass-1"})
    right = await stranger.post("/api/auth/login", {"email": "fresh@people.test", "password": PASSWORD})
    assert (wrong.status_code, wrong.json()["type"]) == (401, "auth/invalid-credentials")
    assert (right.status_code, right.json()["type"]) == (403, "auth/email-not-verified")
    assert right.json()["detail"].startswith("Please confirm your e-mail address first. ")


@pytest.mark.parametrize("member", ["organization_name", "full_name"])
@pytest.mark.parametrize("name", ["Refund at https://evil.example/now", "Www.evil.example", "ｗｗｗ．evil.example"])
async def test_no_name_is_a_web_address(member: str, name: str, people: People, drain: Drain, mail: SentMail) -> None:
    """Anybody can have a mail of the business's sent to anybody, with these names in it."""
    body = {"email": "victim@people.test", "password": "Lighthouse-7", "organization_name": "Harbour", member: name}
    answer = await people.stranger().post("/api/auth/register", body)
    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"pointer": f"/{member}", "detail": "A name can't contain a web address."}]
    await drain()
    assert mail.sent == []
