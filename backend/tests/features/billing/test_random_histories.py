"""Histories that nobody thought of: random clicks, payments, webhooks, repeats and delays, one ledger's laws."""

import time
from datetime import timedelta

import pytest

from tests.features.billing.conftest import Shop
from tests.features.billing.test_webhooks import event_of, reconcile, send
from tests.moving_clock import MovingClock
from tests.seeded_random import SeededRandom

KINDS = ("completed", "expired", "async_payment_succeeded", "async_payment_failed")
#: Clicks on Pay; what payers do on any page that they ever saw; what the bank says; what webhooks and time do.
ACTS = (
    "click", "click", "click", "pay", "debit", "debit", "clear-debit", "refuse-debit",
    "event", "event", "deliver", "drain", "wait", "ask", "again",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
async def test_the_laws_hold_after_any_history(shop: Shop, clock: MovingClock, seed: int) -> None:
    chance, first_owner = SeededRandom(seed), shop.owner.email
    proposals = [await shop.approved() for _ in range(2)]
    urls: list[str] = []

    for step in range(30):
        act = chance.one_of(ACTS)
        if act == "click":
            answer = await shop.checkout(chance.one_of(proposals))
            assert answer.status_code in (201, 409)
            if answer.status_code == 201:
                urls.append(answer.json()["url"])
        elif act == "pay" and urls:
            await shop.pay(chance.one_of(urls))
        elif act in ("debit", "clear-debit", "refuse-debit") and urls:
            await shop.browser.post(chance.one_of(urls), data={"action": act})
        elif act == "event" and urls:
            kind = f"checkout.session.{chance.one_of(KINDS)}"
            session_id = chance.one_of(urls).rsplit("/", 1)[1]
            event = event_of(session_id, kind, f"evt_{seed}_{chance.below(step + 1)}")
            assert (await send(shop, event)).status_code == 200
        elif act == "deliver":
            await shop.stripe.courier.deliver_one(time.time())
        elif act == "drain":
            await shop.drain()
        elif act == "wait":
            clock.advance(timedelta(minutes=chance.one_of([1, 3, 60, 24 * 60])))
            await shop.sign_in_again()
        elif act == "ask":
            await reconcile(shop)
        elif act == "again":
            await shop.drain.make_due()

    # At last everything arrives.
    await shop.receive_webhooks()
    for _ in range(3):
        await shop.drain.make_due()
        await shop.drain()

    ledger = await shop.ledger()
    payments = ledger["payments"]
    # Every page that was paid is one payment; none is lost, none is doubled, and nobody pays twice for anything.
    paid_at_stripe = [page for page in map(shop.page_of, urls) if page.payment_status == "paid"]
    assert len(payments) == len({page.id for page in paid_at_stripe})
    assert len({row[3] for row in payments}) == len(payments)
    assert {row[0] for row in payments} <= {"APPLIED"}
    # What is under way at Stripe is so here, and what Stripe closed nobody waits for.
    under_way = {page.id for page in map(shop.page_of, urls) if page.is_debit_under_way}
    waiting = await shop.rows("select checkout_session_id from payment_intents where status = 'PROCESSING'")
    assert {row["checkout_session_id"] for row in waiting} == under_way
    # One success for each proposal, one invoice for each success, numbered without gaps.
    applied = [row for row in payments if row[0] == "APPLIED"]
    assert len(applied) == len(ledger["invoices"])
    assert len(applied) == len([row for row in ledger["intents"] if row[0] == "SUCCEEDED"])
    assert [str(row[0])[-4:] for row in ledger["invoices"]] == [f"{n + 1:04d}" for n in range(len(applied))]
    per_proposal = await shop.rows(
        "select proposal_id, count(*) as invoices from invoices group by proposal_id having count(*) > 1"
    )
    assert per_proposal == []
    paid = await shop.rows("select count(distinct proposal_id) as n from payment_intents i where status = 'SUCCEEDED'")
    working = [row for row in ledger["projects"] if row[0] == "IN_PROGRESS"]
    assert paid[0]["n"] == len(working) == len(applied)
    mails = [(mail.to, mail.subject) for mail in await shop.mails("Payment received")]
    assert len(mails) == len(set(mails)), "each owner hears of each invoice once"
    assert len([to for to, _ in mails if to == first_owner]) == len(applied)
