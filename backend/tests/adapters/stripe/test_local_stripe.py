"""The local Stripe itself: its page, its signatures, its memory, its errors."""

import asyncio
import re
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from capecontrol.adapters.stripe.gateway import StripeGateway
from capecontrol.adapters.stripe.local import local_stripe
from capecontrol.features.billing.ports import CheckoutLine, CheckoutSession, CheckoutStatus, GatewayRefused
from tests.adapters.stripe.conftest import SECRET_KEY, WEBHOOK_SECRET, Server
from tests.adapters.stripe.test_contract import new_request

CARD = {"card_number": "4242 4242 4242 4242", "expiry": "12 / 34", "cvc": "123"}


async def deliver_all(server: Server, now: float | None = None) -> None:
    while await server.stripe.courier.deliver_one(time.time() if now is None else now):
        pass


def types_received(server: Server, gateway: StripeGateway) -> list[str]:
    now = server.clock.now()
    received = server.inbox.received
    return [gateway.verify_webhook(body, {"stripe-signature": signature}, now).type for body, signature in received]


@pytest.fixture
async def session(local_gateway: StripeGateway) -> CheckoutSession:
    return await local_gateway.open_checkout(await new_request(local_gateway))


async def test_paying_completes_the_session_and_delivers_signed_webhooks(
    server: Server, local_gateway: StripeGateway, session: CheckoutSession, browser: httpx.AsyncClient
) -> None:
    answer = await browser.post(session.url, data=CARD | {"action": "pay"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "https://shop.example.com/paid"
    state = await local_gateway.get_checkout(session.id)
    assert state.is_paid
    assert (state.provider_payment_id or "").startswith("pi_")
    await deliver_all(server)
    assert types_received(server, local_gateway) == ["payment_intent.succeeded", "checkout.session.completed"]


async def test_a_double_click_pays_once(
    server: Server, local_gateway: StripeGateway, session: CheckoutSession, browser: httpx.AsyncClient
) -> None:
    clicks = [browser.post(session.url, data=CARD | {"action": "pay"}) for _ in range(8)]
    assert {answer.status_code for answer in await asyncio.gather(*clicks)} == {303}
    await deliver_all(server)
    assert len(types_received(server, local_gateway)) == 2


@pytest.mark.parametrize("form", [{"action": "decline"}, {"action": "pay", "card_number": "4000 0000 0000 0002"}])
async def test_a_declined_card_leaves_the_session_open(
    server: Server,
    local_gateway: StripeGateway,
    session: CheckoutSession,
    browser: httpx.AsyncClient,
    form: dict[str, str],
) -> None:
    answer = await browser.post(session.url, data=CARD | form)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert (await local_gateway.get_checkout(session.id)).status is CheckoutStatus.OPEN
    await deliver_all(server)
    assert types_received(server, local_gateway) == ["payment_intent.payment_failed"]
    assert (await browser.post(session.url, data=CARD | {"action": "pay"})).status_code == 303


@pytest.mark.parametrize(
    ("answer", "payment_status", "events"),
    [
        ("clear-debit", "paid", ["payment_intent.succeeded", "checkout.session.async_payment_succeeded"]),
        ("refuse-debit", "failed", ["payment_intent.payment_failed", "checkout.session.async_payment_failed"]),
    ],
)
async def test_a_debit_is_complete_at_once_and_answered_by_the_bank(
    server: Server,
    local_gateway: StripeGateway,
    session: CheckoutSession,
    browser: httpx.AsyncClient,
    answer: str,
    payment_status: str,
    events: list[str],
) -> None:
    """As Stripe has it: the completed event says unpaid, the session stays complete, a second event tells the end."""
    assert (await browser.post(session.url, data={"action": "debit"})).status_code == 303
    under_way = await local_gateway.get_checkout(session.id)
    assert (under_way.status, under_way.payment_status) == (CheckoutStatus.COMPLETE, "unpaid")
    assert await local_gateway.expire_checkout(session.id) == under_way, "who pays already keeps the page"
    assert "Let the debit clear" in (await browser.get(session.url)).text
    for _ in range(2):
        assert (await browser.post(session.url, data={"action": answer})).status_code == 303
    ended = await local_gateway.get_checkout(session.id)
    assert (ended.status, ended.payment_status) == (CheckoutStatus.COMPLETE, payment_status)
    assert await local_gateway.expire_checkout(session.id) == ended
    await deliver_all(server)
    told = types_received(server, local_gateway)
    assert told == ["payment_intent.processing", "checkout.session.completed", *events]


@pytest.mark.parametrize("answer", ["clear-debit", "refuse-debit"])
async def test_the_bank_answers_debits_only(
    local_gateway: StripeGateway, session: CheckoutSession, browser: httpx.AsyncClient, answer: str
) -> None:
    await browser.post(session.url, data={"action": answer})
    assert (await local_gateway.get_checkout(session.id)).status is CheckoutStatus.OPEN
    await browser.post(session.url, data=CARD | {"action": "pay"})
    await browser.post(session.url, data={"action": answer})
    assert (await local_gateway.get_checkout(session.id)).is_paid


async def test_the_page_says_what_it_is_and_what_is_paid(session: CheckoutSession, browser: httpx.AsyncClient) -> None:
    page = await browser.get(session.url)
    assert "Local Stripe: no real money" in page.text
    assert "Pay R\u00a0110,400.00" in page.text
    assert "Discovery workshop" in page.text
    assert "<script" not in page.text
    assert "style=" not in page.text
    policy = page.headers["content-security-policy"]
    assert "unsafe-inline" not in policy
    assert "form-action 'self' https://shop.example.com" in policy
    stylesheet = re.search(r'href="([^"]+\.css)"', page.text)
    assert stylesheet is not None
    assert (await browser.get(stylesheet[1])).headers["content-type"].startswith("text/css")
    font = await browser.get(stylesheet[1].replace("pay.css", "inter.woff2"))
    assert font.headers["content-type"] == "font/woff2"


async def test_an_unknown_page_is_a_calm_404(server: Server, browser: httpx.AsyncClient) -> None:
    page = await browser.get(f"{server.base}/dev/stripe/pay/cs_test_nothing")
    assert page.status_code == 404
    assert "no such payment page" in page.text


async def test_descriptions_cannot_inject_markup(local_gateway: StripeGateway, browser: httpx.AsyncClient) -> None:
    request = await new_request(local_gateway)
    request = replace(request, lines=(CheckoutLine("<script>alert(1)</script>", 100),))
    session = await local_gateway.open_checkout(request)
    assert "<script>" not in (await browser.get(session.url)).text


async def test_time_expires_a_session_once(
    server: Server, local_gateway: StripeGateway, session: CheckoutSession, browser: httpx.AsyncClient
) -> None:
    server.clock.offset = timedelta(hours=2)
    with server.stripe.checkout.store.writing():
        assert server.stripe.checkout.expire_overdue() == 1
    assert (await local_gateway.get_checkout(session.id)).status is CheckoutStatus.EXPIRED
    assert "expired" in (await browser.post(session.url, data=CARD | {"action": "pay"})).text
    await deliver_all(server)
    assert types_received(server, local_gateway) == ["checkout.session.expired"]


async def test_a_webhook_is_repeated_until_it_is_taken_also_after_a_restart(
    server: Server, local_gateway: StripeGateway, session: CheckoutSession, browser: httpx.AsyncClient
) -> None:
    server.inbox.answers = [500, 503]
    await browser.post(session.url, data=CARD | {"action": "pay"})
    now = time.time()
    await deliver_all(server, now)
    assert server.stripe.checkout.store.pending_deliveries() == 2
    again = local_stripe(
        server.state_dir,
        secret_key=SECRET_KEY,
        webhook_secret=WEBHOOK_SECRET,
        webhook_url=f"{server.base}/webhooks",
        page_base=f"{server.base}/dev/stripe",
        clock=server.clock,
    )
    assert not await again.courier.deliver_one(now)
    while await again.courier.deliver_one(now + 60):
        pass
    assert again.checkout.store.pending_deliveries() == 0
    assert sorted(types_received(server, local_gateway)[2:]) == [
        "checkout.session.completed",
        "payment_intent.succeeded",
    ]
    await again.courier.close()
    again.checkout.store.close()


async def test_the_courier_runs_beside_the_server(
    server: Server, session: CheckoutSession, browser: httpx.AsyncClient
) -> None:
    await browser.post(session.url, data=CARD | {"action": "pay"})
    courier = asyncio.create_task(server.stripe.courier.run())
    async with asyncio.timeout(10):
        await server.inbox.until(2)
    courier.cancel()
    assert len(server.inbox.received) == 2


async def test_what_was_not_delivered_is_delivered_by_the_next_run(
    server: Server, session: CheckoutSession, browser: httpx.AsyncClient
) -> None:
    await browser.post(session.url, data=CARD | {"action": "pay"})
    again = local_stripe(
        server.state_dir,
        secret_key=SECRET_KEY,
        webhook_secret=WEBHOOK_SECRET,
        webhook_url=f"{server.base}/webhooks",
        page_base=f"{server.base}/dev/stripe",
        clock=server.clock,
    )
    async with again.running():
        await server.inbox.until(2)
    assert len(server.inbox.received) == 2


@pytest.mark.parametrize(
    ("headers", "message"),
    [
        ({}, "You did not provide an API key"),
        ({"Authorization": "Bearer sk_test_wrong"}, "Invalid API Key provided"),
        ({"Authorization": "Basic !!"}, "You did not provide an API key"),
    ],
)
async def test_callers_must_show_the_key(
    server: Server, browser: httpx.AsyncClient, headers: dict[str, str], message: str
) -> None:
    answer = await browser.post(f"{server.base}/dev/stripe/v1/customers", headers=headers)
    assert answer.status_code == 401
    assert message in answer.json()["error"]["message"]
    assert "sk_test_wrong" not in answer.text


async def test_a_repeated_key_is_marked_as_replayed(server: Server, browser: httpx.AsyncClient) -> None:
    url, auth = f"{server.base}/dev/stripe/v1/customers", (SECRET_KEY, "")
    headers = {"Idempotency-Key": "one"}
    first = await browser.post(url, auth=auth, headers=headers, data={"name": "A"})
    again = await browser.post(url, auth=auth, headers=headers, data={"name": "A"})
    other = await browser.post(url, auth=auth, headers=headers, data={"name": "B"})
    assert "idempotent-replayed" not in first.headers
    assert again.headers["idempotent-replayed"] == "true"
    assert again.json() == first.json()
    assert (other.status_code, other.json()["error"]["type"]) == (400, "idempotency_error")


async def test_a_refused_request_may_be_corrected_under_its_key(server: Server, browser: httpx.AsyncClient) -> None:
    url, auth, headers = f"{server.base}/dev/stripe/v1/customers", (SECRET_KEY, ""), {"Idempotency-Key": "two"}
    assert (await browser.post(url, auth=auth, headers=headers, data={"nmae": "A"})).status_code == 400
    assert (await browser.post(url, auth=auth, headers=headers, data={"name": "A"})).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        "",
        "mode=subscription",
        "mode=payment",
        "mode=payment&success_url=http://a&line_items=x",
        "mode=payment&success_url=http://a&line_items[0][quantity]=1",
        "mode=payment&success_url=http://a&line_items[a][quantity]=1",
        "mode[a]=payment&mode=payment",
        "mode=payment&mode[a]=payment",
        "[]=1",
        "mode=payment&success_url=http://a&line_items[0][quantity]=-1&line_items[0][price_data][currency]=zar"
        "&line_items[0][price_data][unit_amount]=1&line_items[0][price_data][product_data][name]=x",
        "mode=payment&success_url=http://a&line_items[0][quantity]=1&line_items[0][price_data][currency]=zar"
        "&line_items[0][price_data][unit_amount]=0&line_items[0][price_data][product_data][name]=x",
        "mode=payment&success_url=http://a&line_items[0][quantity]=1&line_items[0][price_data][currency]=zzz"
        "&line_items[0][price_data][unit_amount]=1000&line_items[0][price_data][product_data][name]=x",
        "mode=payment&success_url=http://a&surprise=1&line_items[0][quantity]=1"
        "&line_items[0][price_data][currency]=zar&line_items[0][price_data][unit_amount]=1"
        "&line_items[0][price_data][product_data][name]=x",
    ],
)
async def test_a_bad_session_is_refused_in_stripes_words(server: Server, browser: httpx.AsyncClient, body: str) -> None:
    answer = await browser.post(
        f"{server.base}/dev/stripe/v1/checkout/sessions",
        content=body,
        auth=(SECRET_KEY, ""),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert answer.status_code == 400
    assert answer.json()["error"]["type"] == "invalid_request_error"


async def test_events_are_listed_newest_first(
    server: Server, session: CheckoutSession, browser: httpx.AsyncClient
) -> None:
    await browser.post(session.url, data=CARD | {"action": "pay"})
    url = f"{server.base}/dev/stripe/v1/events"
    page = (await browser.get(url, params={"limit": 1}, auth=(SECRET_KEY, ""))).json()
    assert [event["type"] for event in page["data"]] == ["checkout.session.completed"]
    assert page["has_more"] is True
    params = {"starting_after": page["data"][0]["id"]}
    rest = (await browser.get(url, params=params, auth=(SECRET_KEY, ""))).json()
    assert [event["type"] for event in rest["data"]] == ["payment_intent.succeeded"]
    one = (await browser.get(f"{url}/{page['data'][0]['id']}", auth=(SECRET_KEY, ""))).json()
    assert one == page["data"][0]
    assert one["data"]["object"]["payment_status"] == "paid"


@pytest.mark.parametrize("params", [{"limit": "0"}, {"limit": "x"}, {"limit": "101"}, {"surprise": "1"}])
async def test_bad_list_parameters_are_refused(
    server: Server, browser: httpx.AsyncClient, params: dict[str, str]
) -> None:
    answer = await browser.get(f"{server.base}/dev/stripe/v1/events", params=params, auth=(SECRET_KEY, ""))
    assert answer.status_code == 400


async def test_a_real_card_is_not_taken(session: CheckoutSession, browser: httpx.AsyncClient) -> None:
    answer = await browser.post(session.url, data={"card_number": "5555555555554444", "action": "pay"})
    assert answer.status_code == 422
    assert "takes no real cards" in answer.text


async def test_an_unknown_address_answers_as_stripe_does(local_gateway: StripeGateway, server: Server) -> None:
    async with httpx.AsyncClient(trust_env=False, auth=(SECRET_KEY, "")) as client:
        answer = await client.get(f"{server.base}/dev/stripe/v1/charges/ch_1")
    assert answer.status_code == 404
    assert "Unrecognized request URL" in answer.json()["error"]["message"]


async def test_a_wrong_key_is_no_reason_to_try_again(server: Server) -> None:
    gateway = StripeGateway("sk_test_wrong", WEBHOOK_SECRET, api_base=f"{server.base}/dev/stripe")
    with pytest.raises(GatewayRefused):
        await gateway.get_checkout("cs_test_x")
    await gateway.close()


def test_the_local_stripe_needs_secrets(server: Server) -> None:
    with pytest.raises(ValueError, match="needs a secret key"):
        local_stripe(
            server.state_dir,
            secret_key="",
            webhook_secret="x",
            webhook_url="http://a",
            page_base="http://a",
            clock=server.clock,
        )
    assert server.clock.now().tzinfo is UTC
    assert datetime.now(UTC) - server.clock.now() < timedelta(seconds=1)
