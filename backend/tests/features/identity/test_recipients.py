"""Mails that anybody can cause: three an hour and ten a day to one mailbox, and nobody else learns of it."""

import asyncio
import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from httpx import Response
from redis.asyncio import Redis
from sqlalchemy import text

from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.documents import PdfRenderer
from capecontrol.core.http.limits import RateLimiter
from capecontrol.core.ports import Ports
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.features.identity.dao.mail_allowances import DAY_MAX, HOUR_MAX, MailAllowanceDao, MailPurpose
from capecontrol.main.settings import Settings
from tests.client import Client
from tests.features.proposals.agency import Agency
from tests.features.proposals.carriers import HtmlRenderer, Postbox
from tests.kept_ports import kept
from tests.moving_clock import MovingClock
from tests.outbox_drain import Drain
from tests.people import SYSTEM, People
from tests.security.second_app import second_app

REGISTER = "/api/auth/register"
RESEND = "/api/auth/resend-verification"
VERIFY = "/api/auth/verify-email"
#: What an answer tells of itself, not of the address.
OF_THE_ANSWER = {"x-request-id", "date", "content-length"}


def _address() -> str:
    return f"{uuid.uuid4().hex}@people.test"


async def _register(client: Client, email: str) -> Response:
    name = f"Fresh {uuid.uuid4().hex[:8]}"
    return await client.post(REGISTER, {"email": email, "password": "Lighthouse-7", "organization_name": name})


async def _resend(client: Client, email: str) -> Response:
    return await client.post(RESEND, {"email": email})


def _told(answer: Response) -> tuple[object, ...]:
    body = {**answer.json(), "user_id": "", "org_id": ""}
    return answer.status_code, body, sorted(name for name in answer.headers if name not in OF_THE_ANSWER)


def _link(text_of_mail: str) -> str:
    return text_of_mail.split("/verify-email/")[1].split()[0]


async def test_the_fourth_mail_of_an_hour_is_withheld_and_answered_alike(
    people: People, drain: Drain, postbox: Postbox, clock: MovingClock
) -> None:
    stranger, email = people.stranger(), _address()
    answers = [await _register(stranger, email) for _ in range(5)]
    await drain()
    assert [one.status_code for one in answers] == [201] * 5
    assert len({str(_told(one)) for one in answers}) == 1
    # The first holds a link, the others tell of the account.
    assert [mail.to for mail in postbox.mails] == [email] * (1 + 3)

    clock.advance(timedelta(minutes=61))
    assert _told(await _register(stranger, email)) == _told(answers[0])
    await drain()
    assert len(postbox.mails) == 5


async def test_each_purpose_has_its_own(people: People, drain: Drain, postbox: Postbox) -> None:
    """Who registers with somebody's address again and again keeps no link from them."""
    stranger, email = people.stranger(), _address()
    await _register(stranger, email)
    for _ in range(6):
        await _register(stranger, email)
    await drain()
    told = len(postbox.mails)
    answers = [await _resend(stranger, email) for _ in range(5)]
    await drain()
    assert told == 1 + 3
    assert [one.status_code for one in answers] == [202] * 5
    assert len({str(_told(one)) for one in answers}) == 1
    assert len(postbox.mails) == 3 + 3


async def test_who_uses_up_what_a_mailbox_may_have_leaves_its_owner_a_link(
    people: People, drain: Drain, postbox: Postbox, clock: MovingClock
) -> None:
    """The mails went to the owner: the newest holds a link that works, though their own request is withheld."""
    stranger, email = people.stranger(), _address()
    owner = Client(people.app, address="198.51.100.9")
    await _register(stranger, email)
    for _ in range(4):
        for _ in range(4):
            await _resend(stranger, email)
        await drain()
        clock.advance(timedelta(minutes=61))
    assert len(postbox.mails) == DAY_MAX, "the stranger has used up the day"
    await _resend(owner, email)
    await drain()
    assert len(postbox.mails) == DAY_MAX
    assert (await owner.post(VERIFY, {"token": _link(postbox.mails[-1].text)})).status_code == 200

    for client in (stranger, stranger, owner):
        await _register(client, email)
    await drain()
    assert len(postbox.mails) == DAY_MAX + 3, "and what tells of the account is counted by itself"


async def test_many_networks_together_reach_a_mailbox_no_more_often(
    people: People, drain: Drain, postbox: Postbox, clock: MovingClock
) -> None:
    email = _address()
    networks = [Client(people.app, address=f"198.{place}.7.7") for place in range(12)]
    await _register(networks[0], email)
    told = []
    for _ in range(6):
        for one in networks:
            await _resend(one, email)
        await drain()
        told.append(len(postbox.mails))
        clock.advance(timedelta(minutes=61))
    assert told == [3, 6, 9, 10, 10, 10]


async def test_ten_mails_a_day_reach_a_mailbox(
    people: People, drain: Drain, postbox: Postbox, clock: MovingClock
) -> None:
    owner, stranger = await people.owner(), people.stranger()
    for _ in range(5):
        for _ in range(3):
            await _register(stranger, owner.email)
        await drain()
        clock.advance(timedelta(minutes=61))
    assert len(postbox.mails) == 10

    clock.advance(timedelta(hours=24))
    await _register(stranger, owner.email)
    await drain()
    assert len(postbox.mails) == 11


#: Forms in which people write the address of one mailbox; {0} is its name.
FORMS = [
    *(f"{{0}}+{tag}@bücher.example" for tag in range(9)),
    "{0}@bücher.example",
    "{0}@BÜCHER.example",
    "{0}@xn--bcher-kva.example",
    "{0}+a+b@xn--bcher-kva.EXAMPLE",
]
GMAIL = ["{0}.b@gmail.com", "{0}b@gmail.com", "{0}.B@googlemail.com", "{0}b+x@googlemail.com"]


@pytest.mark.parametrize("forms", [FORMS, GMAIL], ids=["tags and domains", "dots"])
async def test_all_forms_of_an_address_share_what_its_mailbox_may_have(
    forms: list[str], people: People, drain: Drain, postbox: Postbox
) -> None:
    stranger, name = people.stranger(), uuid.uuid4().hex[:12]
    for form in forms:
        assert (await _register(stranger, form.format(name))).status_code == 201
    await drain()
    # A form that is written like another is a known address, of which its owner is told.
    repeated = len(forms) - len({form.casefold() for form in forms})
    assert len(postbox.mails) == 3 + repeated
    # Each goes where it was asked to.
    assert all(mail.to in {form.format(name).casefold() for form in forms} for mail in postbox.mails)


async def test_other_mailboxes_have_their_own(people: People, drain: Drain, postbox: Postbox) -> None:
    stranger, name = people.stranger(), uuid.uuid4().hex[:12]
    others = [f"{name}.b@people.test", f"{name}b@people.test", f"+{name}@people.test", f"{name}@other.test"]
    for email in others:
        await _register(stranger, email)
    await drain()
    assert sorted(mail.to for mail in postbox.mails) == sorted(others)


async def test_mailboxes_whose_names_begin_with_a_plus_are_not_one(
    people: People, drain: Drain, postbox: Postbox
) -> None:
    stranger, emails = people.stranger(), [f"+{uuid.uuid4().hex}@people.test" for _ in range(4)]
    for email in emails:
        await _register(stranger, email)
    await drain()
    assert sorted(mail.to for mail in postbox.mails) == sorted(emails)


async def test_a_clock_that_was_ahead_for_a_while_blocks_no_mailbox(
    people: People, drain: Drain, postbox: Postbox, clock: MovingClock
) -> None:
    stranger, owner = people.stranger(), await people.owner()
    clock.advance(timedelta(hours=3))
    for _ in range(4):
        await _register(stranger, owner.email)
    await drain()
    assert len(postbox.mails) == 3
    clock.advance(-timedelta(hours=3))
    await _register(stranger, owner.email)
    await drain()
    assert [mail.to for mail in postbox.mails] == [owner.email] * 4


async def test_two_at_once_get_no_more(factory: UnitOfWorkFactory) -> None:
    email = _address()

    async def take() -> bool:
        async with factory.unit(SYSTEM, PlatformScope("tests")) as work:
            return await MailAllowanceDao(work).take(MailPurpose.VERIFICATION, email)

    assert sorted(await asyncio.gather(*(take() for _ in range(8)))) == [False] * 5 + [True] * 3


async def test_a_withheld_mail_leaves_the_link_before_it_as_it_was(
    people: People, drain: Drain, postbox: Postbox
) -> None:
    stranger, email = people.stranger(), _address()
    await _register(stranger, email)
    for _ in range(5):
        await _resend(stranger, email)
    await drain()
    newest = _link(postbox.mails[-1].text)
    assert (await stranger.post(VERIFY, {"token": newest})).status_code == 200


async def test_asking_for_nothing_takes_no_mail_from_an_address(people: People, drain: Drain, postbox: Postbox) -> None:
    """Who has an account and who has none yet are sent nothing: nobody shall use up what they may have."""
    stranger, email, owner = people.stranger(), _address(), await people.owner()
    for known_or_not in (email, owner.email):
        for _ in range(12):
            await _resend(stranger, known_or_not)
    await drain()
    await _register(stranger, email)
    await _register(stranger, owner.email)
    await drain()
    assert [mail.to for mail in postbox.mails] == [email, owner.email]


async def test_the_request_does_the_same_whether_or_not_a_mail_goes(
    people: People, drain: Drain, factory: UnitOfWorkFactory
) -> None:
    """Neither the answer nor its time can tell: an address is looked up and counted when nobody waits any more."""
    stranger, waiting, owner = people.stranger(), _address(), await people.owner()
    await _register(stranger, waiting)
    for _ in range(4):
        await _resend(stranger, waiting)
    await drain()
    written = []
    for email in (waiting, owner.email, _address()):
        before = await _written(factory)
        await _resend(stranger, email)
        after = await _written(factory)
        written.append({table: after[table] - before[table] for table in after})
        await drain()
    assert written == [{"outbox": 1, "one_time_tokens": 0, "mail_allowances": 0}] * 3


async def _written(factory: UnitOfWorkFactory) -> dict[str, int]:
    async with factory.unit(SYSTEM, PlatformScope("tests")) as work:
        found = await work.session.execute(
            text(
                "select (select count(*) from outbox) as outbox, (select count(*) from one_time_tokens)"
                " as one_time_tokens, (select sum(cardinality(mailed_at)) from mail_allowances) as mail_allowances"
            )
        )
        return {name: int(count) for name, count in found.mappings().one().items()}


async def test_what_strangers_ask_for_is_forgotten_once_it_was_looked_at(
    people: People, drain: Drain, factory: UnitOfWorkFactory
) -> None:
    stranger, waiting, owner = people.stranger(), _address(), await people.owner()
    for _ in range(4):
        for email in (waiting, owner.email):
            await _register(stranger, email)
        for email in (waiting, owner.email, _address()):
            await _resend(stranger, email)
    await drain()
    async with factory.unit(SYSTEM, PlatformScope("tests")) as work:
        asked = text(
            "select count(*) from outbox where topic in"
            " ('identity.verification_requested.v1', 'identity.known_address_registered.v1')"
        )
        assert (await work.session.execute(asked)).scalar_one() == 0


async def test_what_people_who_are_signed_in_cause_is_not_counted(
    people: People, drain: Drain, postbox: Postbox, ports: Ports
) -> None:
    agency = await Agency.open(people)
    for _ in range(4):
        await _register(people.stranger(), agency.owner.email)
    await drain()
    assert len(postbox.mails) == 3
    with kept(ports, PdfRenderer):
        ports.provide(PdfRenderer, HtmlRenderer())
        await agency.sent()
        await drain()
    assert [mail.to for mail in postbox.mails] == [agency.owner.email] * 4


async def test_without_redis_a_mailbox_may_have_as_many_and_no_more(
    settings: Settings, factory: UnitOfWorkFactory, ports: Ports, drain: Drain, postbox: Postbox
) -> None:
    gone = Redis.from_url("redis://127.0.0.1:1", socket_connect_timeout=0.2)
    email = _address()
    async with second_app(settings.model_copy(update={"rate_limits": True}), factory, ports) as app:
        app.state.http = replace(app.state.http, limiter=RateLimiter(gone))
        # Each from a network that nobody else is in.
        first, *others = [Client(app, address=f"198.{place}.7.7") for place in range(10)]
        await _register(first, email)
        answers = [await _resend(stranger, email) for stranger in others]
        await app.state.http.limiter.close()
    await drain()
    assert [one.status_code for one in answers] == [202] * 9
    assert len(postbox.mails) == HOUR_MAX


async def test_no_mail_carries_what_a_stranger_typed(people: People, drain: Drain, postbox: Postbox) -> None:
    """Anybody can register with anybody's address: the words of the mail are ours alone."""
    stranger, email = people.stranger(), _address()
    for _ in range(2):
        body = {
            "email": email,
            "password": "Lighthouse-7",
            "organization_name": f"Callme Now {uuid.uuid4().hex[:8]}",
            "full_name": "Locked Account",
        }
        assert (await stranger.post(REGISTER, body)).status_code == 201
    await _resend(stranger, email)
    await drain()
    assert len(postbox.mails) == 3
    for mail in postbox.mails:
        said = " ".join([mail.subject, mail.text, mail.html, mail.sender_name, mail.reply_to])
        assert "Locked" not in said
        assert "Callme" not in said
        assert mail.to == email


async def test_whole_allowances_are_forgotten(
    people: People, drain: Drain, postbox: Postbox, clock: MovingClock, factory: UnitOfWorkFactory
) -> None:
    stranger = people.stranger()
    await _register(stranger, _address())
    await drain()
    clock.advance(timedelta(hours=25))
    await _register(stranger, _address())
    await drain()
    await drain.slot("identity.forget_mail_allowances")
    async with factory.unit(SYSTEM, PlatformScope("tests")) as work:
        assert (await work.session.execute(text("select count(*) from mail_allowances"))).scalar_one() == 1
    assert len(postbox.mails) == 2
