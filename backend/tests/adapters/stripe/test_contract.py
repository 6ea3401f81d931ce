"""What billing may rely on of a payment gateway; the same for the real Stripe and the local one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from capecontrol.adapters.stripe.gateway import StripeGateway
from capecontrol.features.billing.ports import (
    CheckoutLine,
    CheckoutRequest,
    CheckoutStatus,
    GatewayRefused,
    GatewayUnknown,
    PaymentGateway,
)


async def new_request(gateway: PaymentGateway) -> CheckoutRequest:
    customer = await gateway.create_customer(uuid4(), "Harbour Logistics", "owner@example.com", uuid4().hex)
    return CheckoutRequest(
        payment_intent_id=uuid4(),
        customer_id=customer,
        currency="ZAR",
        lines=(CheckoutLine("Discovery workshop", 9_600_000), CheckoutLine("VAT 15 %", 1_440_000)),
        success_url="https://shop.example.com/paid",
        cancel_url="https://shop.example.com/back",
        expires_at=datetime.now(UTC) + timedelta(hours=1),
        idempotency_key=uuid4().hex,
    )


async def test_a_customer_is_made_once_for_a_key(gateway: StripeGateway) -> None:
    org_id, key = uuid4(), uuid4().hex
    first = await gateway.create_customer(org_id, "Harbour Logistics", "owner@example.com", key)
    assert first.startswith("cus_")
    assert await gateway.create_customer(org_id, "Harbour Logistics", "owner@example.com", key) == first
    assert await gateway.create_customer(org_id, "Harbour Logistics", "owner@example.com", uuid4().hex) != first


async def test_a_session_carries_total_currency_and_our_id(gateway: StripeGateway) -> None:
    request = await new_request(gateway)
    session = await gateway.open_checkout(request)
    assert session.url.startswith("http")
    assert abs(session.expires_at - request.expires_at) < timedelta(seconds=2)
    state = await gateway.get_checkout(session.id)
    assert state.status is CheckoutStatus.OPEN
    assert not state.is_paid
    assert (state.amount_total, state.currency) == (11_040_000, "ZAR")
    assert state.metadata == {"payment_intent_id": str(request.payment_intent_id)}


async def test_the_same_key_opens_the_same_session(gateway: StripeGateway) -> None:
    request = await new_request(gateway)
    first = await gateway.open_checkout(request)
    assert (await gateway.open_checkout(request)).id == first.id


async def test_the_same_key_for_other_parameters_is_refused(gateway: StripeGateway) -> None:
    request = await new_request(gateway)
    await gateway.open_checkout(request)
    with pytest.raises(GatewayRefused):
        await gateway.open_checkout(replace(request, lines=(CheckoutLine("Other", 5_000_000),)))


async def test_an_expired_session_stays_expired(gateway: StripeGateway) -> None:
    session = await gateway.open_checkout(await new_request(gateway))
    assert (await gateway.expire_checkout(session.id)).status is CheckoutStatus.EXPIRED
    assert (await gateway.expire_checkout(session.id)).status is CheckoutStatus.EXPIRED
    assert (await gateway.get_checkout(session.id)).status is CheckoutStatus.EXPIRED


@pytest.mark.parametrize("life", [timedelta(minutes=5), timedelta(hours=48)])
async def test_a_session_lives_between_half_an_hour_and_a_day(gateway: StripeGateway, life: timedelta) -> None:
    request = await new_request(gateway)
    with pytest.raises(GatewayRefused):
        await gateway.open_checkout(replace(request, expires_at=datetime.now(UTC) + life))


async def test_what_is_not_there_is_refused(gateway: StripeGateway) -> None:
    with pytest.raises(GatewayUnknown):
        await gateway.get_checkout("cs_test_nothing")
    with pytest.raises(GatewayUnknown):
        await gateway.expire_checkout("cs_test_nothing")
    request = await new_request(gateway)
    with pytest.raises(GatewayRefused):
        await gateway.open_checkout(replace(request, customer_id="cus_nothing", idempotency_key=uuid4().hex))
