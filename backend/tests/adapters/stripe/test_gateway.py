"""The gateway alone: signatures, deadlines, and what its errors say."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx
import pytest
import stripe

from capecontrol.adapters.stripe.gateway import StripeGateway
from capecontrol.core.inbox.webhook import Webhook, WebhookRefused
from capecontrol.features.billing.ports import GatewayRefused, GatewayUnavailable, GatewayUnknown

SECRET = "whsec_test"
NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
EVENT = {
    "id": "evt_1",
    "object": "event",
    "type": "checkout.session.completed",
    "created": 1_795_248_000,
    "data": {"object": {"id": "cs_test_1", "object": "checkout.session"}},
}


def signed(body: str, *, secret: str = SECRET, at: datetime = NOW) -> str:
    return str(stripe.WebhookSignature.generate_signature_header(body, secret, int(at.timestamp())))


def verify(gateway: StripeGateway, body: bytes, signature: str) -> Webhook:
    return gateway.verify_webhook(body, {"stripe-signature": signature}, NOW)


@pytest.fixture
def gateway() -> StripeGateway:
    return StripeGateway("sk_test_secret", SECRET, transport=httpx.MockTransport(lambda _: httpx.Response(500)))


def test_a_signed_event_is_read(gateway: StripeGateway) -> None:
    body = json.dumps(EVENT)
    event = verify(gateway, body.encode(), signed(body))
    assert (event.external_id, event.type) == ("evt_1", "checkout.session.completed")
    assert event.occurred_at == datetime.fromtimestamp(EVENT["created"], UTC)
    assert event.payload == body.encode()
    assert gateway.hinted_object(event.payload) == "cs_test_1"


def test_an_event_about_an_object_without_id_is_read(gateway: StripeGateway) -> None:
    body = json.dumps(EVENT | {"type": "balance.available", "data": {"object": {"object": "balance"}}})
    assert verify(gateway, body.encode(), signed(body)).type == "balance.available"
    assert gateway.hinted_object(body.encode()) == ""


@pytest.mark.parametrize("seconds", [-300, -299, 0, 299, 300])
def test_a_signature_within_five_minutes_either_way_holds(gateway: StripeGateway, seconds: int) -> None:
    body = json.dumps(EVENT)
    event = verify(gateway, body.encode(), signed(body, at=NOW + timedelta(seconds=seconds)))
    assert event.external_id == "evt_1"


@pytest.mark.parametrize("seconds", [-100_000, -301, 301, 100_000])
def test_a_stale_or_future_signature_is_refused(gateway: StripeGateway, seconds: int) -> None:
    body = json.dumps(EVENT)
    with pytest.raises(WebhookRefused):
        verify(gateway, body.encode(), signed(body, at=NOW + timedelta(seconds=seconds)))


def test_any_changed_byte_breaks_the_signature(gateway: StripeGateway) -> None:
    body = json.dumps(EVENT)
    header = signed(body)
    for at in range(0, len(body), 7):
        changed = bytearray(body.encode())
        changed[at] ^= 1
        with pytest.raises(WebhookRefused):
            verify(gateway, bytes(changed), header)


BODY = json.dumps(EVENT)
GOOD = signed(BODY)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "nonsense",
        "t=1,v1=",
        "t=,v1=00",
        GOOD.replace("t=", "t=x"),
        GOOD.replace("v1=", "v0="),
        GOOD[:-1] + ("0" if GOOD[-1] != "0" else "1"),
        signed(BODY, secret="whsec_other"),
        GOOD + ",t=" + str(int(NOW.timestamp()) + 1),
        "é" + GOOD,
        "t=9" * 100_000,
    ],
)
def test_a_malformed_or_foreign_signature_is_refused(gateway: StripeGateway, header: str) -> None:
    with pytest.raises(WebhookRefused):
        verify(gateway, BODY.encode(), header)


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"object":"event"}', '{"object":"event","id":1}', "nul\x00"])
def test_a_signed_body_that_is_no_event_is_refused(gateway: StripeGateway, body: str) -> None:
    with pytest.raises(WebhookRefused):
        verify(gateway, body.encode(), signed(body))


def test_a_body_that_is_no_text_is_refused(gateway: StripeGateway) -> None:
    with pytest.raises(WebhookRefused):
        verify(gateway, b"\xff\xfe", GOOD)


@pytest.mark.parametrize(("key", "secret"), [("", SECRET), ("sk_test", ""), ("sk_test", "  ")])
def test_an_empty_secret_is_refused(key: str, secret: str) -> None:
    with pytest.raises(ValueError, match="needs a secret key"):
        StripeGateway(key, secret)


async def test_a_server_error_may_be_tried_again(gateway: StripeGateway) -> None:
    with pytest.raises(GatewayUnavailable):
        await gateway.get_checkout("cs_test_1")
    await gateway.close()


async def test_a_key_that_another_call_holds_may_be_tried_again() -> None:
    """Two clicks at once: Stripe answers 409 while the first call with an idempotency key runs."""
    busy = {"error": {"type": "idempotency_error", "code": "idempotency_key_in_use", "message": "Another request."}}
    gateway = StripeGateway("sk_test", SECRET, transport=httpx.MockTransport(lambda _: httpx.Response(409, json=busy)))
    with pytest.raises(GatewayUnavailable):
        await gateway.create_customer(uuid4(), "Name", "a@example.com", "key")
    await gateway.close()


async def test_a_page_of_another_account_is_told_from_other_refusals() -> None:
    answers = [
        httpx.Response(
            404, json={"error": {"code": "resource_missing", "message": "No such checkout.session: 'cs_1'"}}
        ),
        httpx.Response(404, json={"error": {"message": "Unrecognized request URL"}}),
        httpx.Response(401, json={"error": {"message": "Invalid API Key"}}),
    ]
    gateway = StripeGateway("sk_test", SECRET, transport=httpx.MockTransport(lambda _: answers.pop(0)))
    told = []
    for _ in range(3):
        with pytest.raises(GatewayRefused) as refusal:
            await gateway.get_checkout("cs_1")
        told.append(type(refusal.value))
    await gateway.close()
    assert told == [GatewayUnknown, GatewayRefused, GatewayRefused]


async def test_a_call_is_made_once_and_given_up_in_time() -> None:
    calls = 0

    async def never(_: httpx.Request) -> httpx.Response:
        nonlocal calls
        calls += 1
        await asyncio.Event().wait()
        raise AssertionError

    gateway = StripeGateway("sk_test", SECRET, deadline_seconds=0.05, transport=httpx.MockTransport(never))
    with pytest.raises(GatewayUnavailable):
        await gateway.create_customer(uuid4(), "Name", "a@example.com", "key")
    assert calls == 1
    await gateway.close()


async def test_no_error_tells_the_key() -> None:
    def refuse(_: httpx.Request) -> httpx.Response:
        return httpx.Response(401, json={"error": {"message": "Invalid API Key: sk_test_secret", "type": "x"}})

    gateway = StripeGateway("sk_test_secret", SECRET, transport=httpx.MockTransport(refuse))
    with pytest.raises(GatewayRefused) as refusal:
        await gateway.get_checkout("cs_test_1")
    assert "sk_test_secret" not in str(refusal.value)
    await gateway.close()


@pytest.mark.parametrize(
    ("payment_status", "payment", "told"),
    [
        ("paid", "succeeded", "paid"),
        ("unpaid", "processing", "unpaid"),
        ("unpaid", "requires_payment_method", "failed"),
        ("unpaid", "canceled", "failed"),
    ],
)
async def test_a_delayed_payment_that_is_refused_is_told_as_failed(
    payment_status: str, payment: str, told: str
) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        assert "expand[0]=payment_intent" in request.url.query.decode().replace("%5B", "[").replace("%5D", "]")
        return httpx.Response(
            200,
            json={
                "id": "cs_1",
                "object": "checkout.session",
                "status": "complete",
                "payment_status": payment_status,
                "amount_total": 100,
                "currency": "zar",
                "metadata": {},
                "url": None,
                "payment_intent": {"id": "pi_1", "object": "payment_intent", "status": payment},
            },
        )

    gateway = StripeGateway("sk_test", SECRET, transport=httpx.MockTransport(answer))
    state = await gateway.get_checkout("cs_1")
    await gateway.close()
    assert (state.payment_status, state.provider_payment_id) == (told, "pi_1")
    assert state.is_paid is (told == "paid")
