"""Money that takes days: while it is on its way nobody pays again, and its end is told, good or bad."""

import asyncio
import itertools
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from capecontrol.adapters.stripe.gateway import StripeGateway
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.ports import Ports
from capecontrol.features.billing.actions.close_unknown_checkout import DEBIT_LIFE
from capecontrol.features.billing.dao.intents import DEBIT_SILENCE, ONCE_MORE_AFTER, SILENCE
from capecontrol.features.billing.ports import (
    CheckoutRequest,
    CheckoutSession,
    CheckoutState,
    GatewayError,
    PaymentGateway,
)
from tests.features.billing.conftest import WEBHOOK_SECRET, Shop
from tests.features.billing.test_webhooks import broken_gateway, event_of, reconcile, send
from tests.features.dashboards.test_dashboard import dashboard
from tests.moving_clock import MovingClock
from tests.people import SYSTEM

A_DAY = timedelta(days=1)
ASKED = "select count(*) as times from outbox where consumer = 'billing.check_checkout'"
DEAD = "select consumer, last_error from outbox where dead_at is not null"


async def debited(shop: Shop) -> tuple[dict[str, Any], str]:
    """Approve a proposal and pay it by debit; return the proposal, and the page's address."""
    proposal = await shop.approved()
    url = (await shop.checkout(proposal)).json()["url"]
    await shop.debit(url)
    return proposal, url


async def statuses(shop: Shop) -> list[str]:
    return [row["status"] for row in await shop.rows("select status from payment_intents order by id")]


async def payment(shop: Shop, proposal: dict[str, Any]) -> str | None:
    answer = (await shop.owner.client.get(f"/api/proposals/{proposal['id']}")).json()["payment"]
    return None if answer is None else str(answer)


async def needs(person: Any) -> list[tuple[str, str, str]]:
    rows = (await person.client.get("/api/dashboard")).json()["needs_you"]
    return [(row["kind"], row["title"], row["reason"]) for row in rows]


async def expect_nothing_to_be_paid(shop: Shop, proposal: dict[str, Any]) -> None:
    """Look that the client is asked for nothing, and told of what is outstanding how much is being paid."""
    page = (await shop.owner.client.get("/api/dashboard")).json()
    assert page["needs_you"] == []
    assert page["open"] == page["processing"] == [proposal["total"]]


async def test_a_debit_that_is_on_its_way_blocks_pay_and_says_why(shop: Shop) -> None:
    proposal, _ = await debited(shop)
    await shop.settle()
    assert await statuses(shop) == ["PROCESSING"]
    refused = await shop.checkout(proposal)
    assert (refused.status_code, refused.json()["type"]) == (409, "billing/payment-processing")
    assert refused.json()["allowed"] == []
    assert "don’t pay again" in refused.json()["detail"]
    assert await payment(shop, proposal) == "PROCESSING"
    listed = (await shop.owner.client.get("/api/proposals")).json()["items"]
    assert [row["payment"] for row in listed] == ["PROCESSING"]
    await expect_nothing_to_be_paid(shop, proposal)


async def test_a_click_a_day_later_asks_the_provider_before_it_opens_another_page(
    shop: Shop, clock: MovingClock
) -> None:
    """A3 of the review: our clock said that the page was over, and the client paid a second time."""
    proposal, url = await debited(shop)
    clock.advance(A_DAY)
    await shop.sign_in_again()
    assert (await shop.checkout(proposal)).json()["type"] == "billing/payment-processing"
    assert await statuses(shop) == ["PROCESSING"]
    await shop.clear_debit(url)
    await shop.settle()
    ledger = await shop.ledger()
    assert [row[0] for row in ledger["payments"]] == ["APPLIED"]
    assert (len(ledger["invoices"]), await statuses(shop)) == (1, ["SUCCEEDED"])
    assert await payment(shop, proposal) == "PAID"


async def test_a_page_that_nobody_used_is_closed_at_the_provider_before_another_is_opened(
    shop: Shop, clock: MovingClock
) -> None:
    proposal = await shop.approved()
    first = (await shop.checkout(proposal)).json()["url"]
    # The provider's clock is behind ours: to it the page is still open.
    await shop.rows("update payment_intents set expires_at = now() - interval '1 minute' returning id")
    second = (await shop.checkout(proposal)).json()["url"]
    assert second != first
    assert [shop.page_of(url).status for url in (first, second)] == ["expired", "open"]
    assert await statuses(shop) == ["EXPIRED", "CHECKOUT_OPEN"]


async def test_no_other_page_is_opened_while_the_provider_cannot_be_asked(
    shop: Shop, ports: Ports, clock: MovingClock
) -> None:
    proposal, _ = await debited(shop)
    clock.advance(A_DAY)
    await shop.sign_in_again()
    ports.provide(PaymentGateway, broken_gateway())
    refused = await shop.checkout(proposal)
    assert (refused.status_code, refused.json()["type"]) == (502, "billing/provider-failed")
    assert await statuses(shop) == ["CHECKOUT_OPEN"]


class LeavesOpen(StripeGateway):
    """A gateway that is asked to close pages, and answers that they are open."""

    async def expire_checkout(self, session_id: str) -> CheckoutState:
        return await self.get_checkout(session_id)


async def test_no_other_page_is_opened_while_the_provider_leaves_the_overdue_one_open(shop: Shop, ports: Ports) -> None:
    proposal = await shop.approved()
    url = (await shop.checkout(proposal)).json()["url"]
    await shop.rows("update payment_intents set expires_at = now() - interval '1 minute' returning id")
    kept = (
        "select id, status, checkout_session_id, checkout_url, expires_at, updated_at, confirmed_at"
        " from payment_intents"
    )
    before = await shop.rows(kept)
    transport = httpx.ASGITransport(shop.stripe)
    gateway = LeavesOpen("sk_test_for_tests", WEBHOOK_SECRET, api_base="http://stripe.test", transport=transport)
    ports.provide(PaymentGateway, gateway)

    refused = await shop.checkout(proposal)

    assert (refused.status_code, refused.json()["type"]) == (502, "billing/provider-failed")
    assert "You haven't been charged." in refused.json()["detail"]
    assert await shop.rows(kept) == before
    assert ((await shop.ledger())["payments"], shop.page_of(url).status) == ([], "open")
    ports.provide(PaymentGateway, shop.gateway)
    assert (await shop.checkout(proposal)).status_code == 201, "the next click goes on"
    await gateway.close()


async def test_a_debit_that_fails_is_told_and_may_be_paid_again(shop: Shop) -> None:
    proposal, url = await debited(shop)
    await shop.settle()
    await shop.refuse_debit(url)
    await shop.settle()
    assert await statuses(shop) == ["FAILED"]
    assert await payment(shop, proposal) == "FAILED"
    [mail] = await shop.mails("Payment failed")
    assert mail.to == shop.owner.email
    assert "71,875.00" in mail.text
    assert f"/proposals/{proposal['id']}" in mail.text
    [(kind, _, reason)] = await needs(shop.owner)
    assert kind == "PROPOSAL_TO_PAY"
    assert "the last one failed" in reason
    [(kind, title, reason)] = await needs(shop.operator)
    assert (kind, title) == ("PAYMENT_FAILED", f"Payment failed: {proposal['title']} ({proposal['project_code']} v1)")
    # Nobody knows yet whether the mail arrives, or whether there is an owner to get one.
    assert reason == (
        "Nothing was charged, and the client can pay again. Each owner of the organization gets an e-mail."
    )
    timeline = await shop.owner.client.get(f"/api/projects/{proposal['project_id']}/activity")
    told = [one["action"] for one in timeline.json()["items"] if one["action"].startswith("payment.")]
    assert told == ["payment.failed", "payment.processing"]

    again = (await shop.checkout(proposal)).json()["url"]
    await shop.pay(again)
    await shop.settle()
    assert await statuses(shop) == ["FAILED", "SUCCEEDED"]
    assert await payment(shop, proposal) == "PAID"
    assert await needs(shop.operator) == []


async def test_a_failure_is_told_once_however_often_we_hear_of_it(shop: Shop) -> None:
    _, url = await debited(shop)
    await shop.refuse_debit(url)
    for number in range(3):
        await send(shop, event_of(url.rsplit("/", 1)[1], "checkout.session.async_payment_failed", f"evt_{number}"))
        await shop.drain()
    await shop.settle()
    assert len(await shop.mails("Payment failed")) == 1
    assert len(await shop.rows("select id from audit_events where action = 'payment.failed'")) == 1


async def test_a_failure_of_a_payment_that_is_gone_is_told_to_nobody(shop: Shop) -> None:
    _, url = await debited(shop)
    await shop.refuse_debit(url)
    await shop.receive_webhooks()
    await shop.drain(only={"billing.apply_stripe_webhook"})
    assert "billing.tell_payment_failed" in await shop.drain.pending()
    await shop.rows("delete from payment_intents returning id")

    await shop.drain()

    assert await shop.rows(DEAD) == [{"consumer": "billing.tell_payment_failed", "last_error": "the payment is gone"}]
    assert await shop.mails("Payment failed") == []


EVENTS = ("completed", "async_payment_succeeded", "async_payment_failed", "expired")


@pytest.mark.parametrize("answer", ["clear", "refuse"])
async def test_every_order_of_a_debits_events_comes_to_the_same_end(shop: Shop, answer: str) -> None:
    """Each event early, late and twice, before and after the bank's answer."""
    ends = set()
    for number, order in enumerate(itertools.permutations(EVENTS)):
        proposal, url = await debited(shop)
        events = [event_of(url.rsplit("/", 1)[1], f"checkout.session.{kind}", f"evt_{number}_{kind}") for kind in order]
        for event in events[:2] * 2:
            await send(shop, event)
        await shop.drain()
        assert await payment(shop, proposal) == "PROCESSING"
        await (shop.clear_debit(url) if answer == "clear" else shop.refuse_debit(url))
        for event in events[2:] * 2 + events:
            await send(shop, event)
        await shop.drain()
        [intent] = await shop.rows("select status from payment_intents where proposal_id = :id", id=proposal["id"])
        ends.add((intent["status"], await payment(shop, proposal)))
    assert ends == {("SUCCEEDED", "PAID") if answer == "clear" else ("FAILED", "FAILED")}


async def test_an_old_answer_takes_nothing_back(shop: Shop, ports: Ports) -> None:
    """A worker asked while the debit was under way, and is slower than the one that heard of its end."""
    _, url = await debited(shop)
    old = await shop.gateway.get_checkout(url.rsplit("/", 1)[1])
    await shop.refuse_debit(url)
    await shop.settle()
    ports.provide(PaymentGateway, Told(shop, old))
    await send(shop, event_of(old.id, "checkout.session.completed", "evt_late"))
    await shop.drain()
    assert await statuses(shop) == ["FAILED"]


class Told(StripeGateway):
    """A gateway that tells the same of every page, whatever became of it."""

    def __init__(self, shop: Shop, state: Any) -> None:
        transport = httpx.ASGITransport(shop.stripe)
        super().__init__("sk_test_for_tests", WEBHOOK_SECRET, api_base="http://stripe.test", transport=transport)
        self.state = state

    async def get_checkout(self, session_id: str) -> Any:
        return self.state


async def test_clicks_webhooks_and_questions_at_once_open_no_second_page(shop: Shop, clock: MovingClock) -> None:
    for _ in range(3):
        proposal, url = await debited(shop)
        clock.advance(A_DAY)
        await shop.sign_in_again()
        await shop.owner.client.csrf()
        await send(shop, event_of(url.rsplit("/", 1)[1], "checkout.session.completed", f"evt_{url[-8:]}"))
        racing: list[Callable[[], Coroutine[Any, Any, Any]]] = [lambda: reconcile(shop), shop.drain]
        answers = await asyncio.gather(*(shop.checkout(proposal) for _ in range(3)), *(race() for race in racing))
        assert {answer.json()["type"] for answer in answers[:3]} == {"billing/payment-processing"}
        intents = await shop.rows("select status from payment_intents where proposal_id = :id", id=proposal["id"])
        assert [row["status"] for row in intents] == ["PROCESSING"]


async def test_clicks_at_once_on_an_overdue_page_share_the_next_one(shop: Shop, clock: MovingClock) -> None:
    proposal = await shop.approved()
    await shop.checkout(proposal)
    clock.advance(A_DAY)
    await shop.sign_in_again()
    await shop.owner.client.csrf()
    answers = await asyncio.gather(*(shop.checkout(proposal) for _ in range(4)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["url"] for answer in answers}) == 1
    assert await statuses(shop) == ["EXPIRED", "CHECKOUT_OPEN"]


async def test_a_debit_is_asked_about_each_hour_and_not_each_minute(shop: Shop, clock: MovingClock) -> None:
    await debited(shop)
    await shop.settle()
    counts = []
    for pause in (SILENCE * 2, DEBIT_SILENCE, SILENCE * 2, DEBIT_SILENCE):
        clock.advance(pause)
        await reconcile(shop)
        counts += [row["times"] for row in await shop.rows(ASKED)]
    assert counts == [0, 1, 1, 2]


async def test_a_debit_whose_end_nobody_told_is_found_out(shop: Shop, clock: MovingClock) -> None:
    _, url = await debited(shop)
    await shop.settle()
    await shop.browser.post(url, data={"action": "clear-debit"})
    clock.advance(DEBIT_SILENCE + timedelta(seconds=1))
    await reconcile(shop)
    assert await statuses(shop) == ["SUCCEEDED"]


def account_of_another() -> StripeGateway:
    """A gateway with another account's key: it knows none of our pages."""
    missing = {"error": {"code": "resource_missing", "message": "No such checkout.session"}}
    transport = httpx.MockTransport(lambda _: httpx.Response(404, json=missing))
    return StripeGateway("sk_test_other", WEBHOOK_SECRET, transport=transport)


async def test_a_page_that_the_provider_does_not_know_ends_and_is_told_to_the_operator(
    shop: Shop, ports: Ports, clock: MovingClock
) -> None:
    proposal = await shop.approved()
    await shop.checkout(proposal)
    ports.provide(PaymentGateway, account_of_another())
    clock.advance(timedelta(hours=12))
    await reconcile(shop)
    assert await statuses(shop) == ["CHECKOUT_OPEN"], "somebody may still pay on it"
    clock.advance(timedelta(hours=12))
    await reconcile(shop)
    assert await statuses(shop) == ["EXPIRED"]
    operator = await shop.people.operator()
    [(kind, title, reason)] = await needs(operator)
    assert (kind, title.partition(":")[0]) == ("PAYMENT_UNCONFIRMED", "Payment not confirmed")
    # Nothing keeps the client from it, so staff are not asked to settle anything before.
    assert "the client can pay again" in reason
    [audited] = await shop.rows("select outcome from audit_events where action = 'payment.unconfirmed'")
    assert audited["outcome"] == "FAILURE"
    # Once more, a day later, and then never again.
    counts = []
    for _ in range(4):
        clock.advance(ONCE_MORE_AFTER + SILENCE)
        await reconcile(shop)
        counts += [row["times"] for row in await shop.rows(ASKED)]
    assert counts == [3, 3, 3, 3]
    ports.provide(PaymentGateway, shop.gateway)
    await shop.sign_in_again()
    assert (await shop.checkout(proposal)).status_code == 201, "the client may pay"


async def test_a_click_on_an_overdue_page_that_the_provider_does_not_know_opens_another(
    shop: Shop, ports: Ports, clock: MovingClock
) -> None:
    proposal = await shop.approved()
    first = (await shop.checkout(proposal)).json()["url"]
    with shop.stripe.checkout.store.writing():
        shop.stripe.checkout.store._connection.execute("delete from objects where kind = 'CheckoutSession'")
    clock.advance(A_DAY)
    await shop.sign_in_again()
    assert (await shop.checkout(proposal)).json()["url"] != first
    assert await statuses(shop) == ["EXPIRED", "CHECKOUT_OPEN"]
    assert await payment(shop, proposal) == "UNCONFIRMED"


async def test_a_debit_that_the_provider_does_not_know_blocks_pay_for_as_long_as_a_bank_takes(
    shop: Shop, ports: Ports, clock: MovingClock
) -> None:
    await debited(shop)
    await shop.settle()
    ports.provide(PaymentGateway, account_of_another())
    clock.advance(DEBIT_LIFE - A_DAY)
    await reconcile(shop)
    assert await statuses(shop) == ["PROCESSING"]
    clock.advance(A_DAY)
    await reconcile(shop)
    assert await statuses(shop) == ["EXPIRED"]


async def test_what_expired_without_the_providers_word_is_asked_about_once_more(shop: Shop, clock: MovingClock) -> None:
    """0.1.0 let pages expire by its own clock, a debit of which was under way."""
    proposal, url = await debited(shop)
    await shop.rows("update payment_intents set status = 'EXPIRED' returning id")
    clock.advance(ONCE_MORE_AFTER + SILENCE)
    await reconcile(shop)
    assert await statuses(shop) == ["PROCESSING"]
    await shop.sign_in_again()
    assert (await shop.checkout(proposal)).json()["type"] == "billing/payment-processing"
    await shop.clear_debit(url)
    await shop.settle()
    assert await statuses(shop) == ["SUCCEEDED"]


class NeverCloses(StripeGateway):
    """A gateway that is told of pages, and closes none."""

    async def expire_checkout(self, session_id: str) -> CheckoutState:
        raise GatewayError("closes nothing in this test")


async def test_a_page_that_is_still_open_at_the_provider_is_asked_about_until_it_ends(shop: Shop, ports: Ports) -> None:
    """Our clock has done with it, and the provider does not close it: somebody may pay on it."""
    await shop.checkout(await shop.approved())
    ports.provide(
        PaymentGateway,
        NeverCloses(
            "sk_test_for_tests",
            WEBHOOK_SECRET,
            api_base="http://stripe.test",
            transport=httpx.ASGITransport(shop.stripe),
        ),
    )
    await shop.rows("update payment_intents set status = 'EXPIRED' returning id")
    counts = []
    for _ in range(2):
        # Not by the clock: the provider's would let its page expire.
        await shop.rows(
            "update payment_intents set checked_at = checked_at - interval '2 days',"
            " updated_at = updated_at - interval '2 days' returning id"
        )
        await reconcile(shop)
        counts += [row["times"] for row in await shop.rows(ASKED)]
    assert counts == [1, 2]


async def test_what_the_provider_let_expire_is_never_asked_about_again(shop: Shop, clock: MovingClock) -> None:
    await shop.checkout(await shop.approved())
    clock.advance(A_DAY)
    await reconcile(shop)
    assert await statuses(shop) == ["EXPIRED"]
    asked = await shop.rows(ASKED)
    clock.advance(ONCE_MORE_AFTER + SILENCE)
    await reconcile(shop)
    assert await shop.rows(ASKED) == asked


async def test_other_pages_are_withdrawn_once_the_money_of_one_is_on_its_way(shop: Shop, clock: MovingClock) -> None:
    """A page of 0.1.0 that expired by its clock only, and another that was opened since."""
    proposal, first = await debited(shop)
    await shop.rows("update payment_intents set status = 'EXPIRED' returning id")
    second = (await shop.checkout(proposal)).json()["url"]
    await shop.settle()
    assert await statuses(shop) == ["PROCESSING", "CANCELLED"]
    assert shop.page_of(second).status == "expired"
    assert (await shop.pay(second)).status_code == 200, "nobody pays on it any more"
    await shop.clear_debit(first)
    await shop.settle()
    ledger = await shop.ledger()
    assert [row[0] for row in ledger["payments"]] == ["APPLIED"]


async def test_other_pages_are_withdrawn_once_one_is_paid(shop: Shop) -> None:
    proposal = await shop.approved()
    first = (await shop.checkout(proposal)).json()["url"]
    await shop.rows("update payment_intents set status = 'EXPIRED' returning id")
    second = (await shop.checkout(proposal)).json()["url"]
    await shop.pay(first)
    await shop.settle()
    assert await statuses(shop) == ["SUCCEEDED", "CANCELLED"]
    assert shop.page_of(second).status == "expired"


class SlowToOpen(StripeGateway):
    """A gateway during whose call somebody else gives the intent up."""

    def __init__(self, shop: Shop) -> None:
        transport = httpx.ASGITransport(shop.stripe)
        super().__init__("sk_test_for_tests", WEBHOOK_SECRET, api_base="http://stripe.test", transport=transport)
        self.shop, self.opened = shop, ""

    async def open_checkout(self, request: CheckoutRequest) -> CheckoutSession:
        session = await super().open_checkout(request)
        self.opened = session.url
        await self.shop.rows("update payment_intents set status = 'EXPIRED' returning id")
        return session


async def test_the_page_of_an_intent_that_was_given_up_meanwhile_is_shown_to_nobody(shop: Shop, ports: Ports) -> None:
    gateway = SlowToOpen(shop)
    ports.provide(PaymentGateway, gateway)
    refused = await shop.checkout(await shop.approved())
    assert (refused.status_code, refused.json()["type"]) == (502, "billing/provider-failed")
    await shop.drain()
    assert shop.page_of(gateway.opened).status == "expired"
    await gateway.close()


async def test_a_page_that_neither_we_nor_the_provider_know_ends_nothing(shop: Shop, ports: Ports) -> None:
    """Its intent was given up before it could keep the page, and the key is another account's by the time we close it.

    The intent is not the page's: it is not to be told as one that the provider was asked about.
    """
    gateway = SlowToOpen(shop)
    ports.provide(PaymentGateway, gateway)
    assert (await shop.checkout(await shop.approved())).status_code == 502
    before = await shop.rows("select * from payment_intents")
    assert "billing.withdraw_checkout" in await shop.drain.pending()
    ports.provide(PaymentGateway, account_of_another())

    await shop.drain()

    assert (await shop.drain.pending(), await shop.rows(DEAD)) == ([], [])
    assert await shop.rows("select * from payment_intents") == before
    assert await shop.rows("select id from audit_events where action = 'payment.unconfirmed'") == []
    assert await needs(shop.operator) == []
    await gateway.close()


async def test_money_that_is_looked_into_is_told_to_who_would_pay_again(shop: Shop) -> None:
    proposal = await shop.approved()
    url = (await shop.checkout(proposal)).json()["url"]
    await shop.rows("update payment_intents set amount = amount + 1 returning id")
    await shop.pay(url)
    await shop.settle()
    assert await payment(shop, proposal) == "IN_REVIEW"
    await expect_nothing_to_be_paid(shop, proposal)
    assert (await shop.checkout(proposal)).status_code == 409


async def test_a_late_click_takes_no_page_back_that_was_opened_at_that_moment(shop: Shop, ports: Ports) -> None:
    """The first click waited half a day for the provider, and its answer comes while the second one reads."""
    proposal = await shop.approved()
    ports.provide(PaymentGateway, broken_gateway())
    assert (await shop.checkout(proposal)).status_code == 502
    await shop.rows("update payment_intents set created_at = created_at - interval '13 hours' returning id")
    page = "https://pay.stripe.test/c/pay/cs_first"
    opened = text(
        "update payment_intents set status = 'CHECKOUT_OPEN', checkout_session_id = 'cs_first', checkout_url = :page"
    )
    blocked = text("select count(*) from pg_locks where not granted")
    # The click waits for the row, which is let go before it is waited for.
    async with (
        asyncio.timeout(20),
        asyncio.TaskGroup() as tasks,
        shop.factory.unit(SYSTEM, PlatformScope("tests")) as work,
    ):
        await work.session.execute(opened, {"page": page})
        click = tasks.create_task(shop.checkout(proposal))
        while not (await work.session.execute(blocked)).scalar_one():
            pass
    assert (click.result().status_code, click.result().json()["url"]) == (201, page)
    assert await statuses(shop) == ["CHECKOUT_OPEN"]


async def test_a_debit_that_nobody_says_more_of_is_told_to_staff_after_two_weeks(
    shop: Shop, clock: MovingClock
) -> None:
    proposal, url = await debited(shop)
    await shop.settle()
    clock.advance(timedelta(days=14) - A_DAY)
    await shop.sign_in_again()
    assert (await dashboard(shop.operator))["needs_you"] == []
    clock.advance(A_DAY)
    await shop.sign_in_again()

    [need] = (await dashboard(shop.operator))["needs_you"]

    assert need["kind"] == "PAYMENT_SILENT"
    assert need["title"] == f"Payment still on its way: {proposal['title']} ({proposal['project_code']} v1)"
    assert "the client can’t pay again meanwhile" in need["reason"]
    assert (need["amount"], need["link"]) == (proposal["total"], f"/proposals/{proposal['id']}")
    assert (await dashboard(shop.owner))["needs_you"] == []
    await shop.clear_debit(url)
    await shop.settle()
    assert (await dashboard(shop.operator))["needs_you"] == []
