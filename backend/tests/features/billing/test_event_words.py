"""How the audit log words what Stripe sent, behind Stripe's name."""

import pytest

from capecontrol.main.features import audit_areas


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("checkout.session.completed", "Reported a completed checkout"),
        ("checkout.session.expired", "Reported an expired checkout"),
        ("checkout.session.async_payment_succeeded", "Reported a payment"),
        ("checkout.session.async_payment_failed", "Reported a failed payment"),
        ("payment_intent.succeeded", "Reported a payment"),
        ("payment_intent.processing", "Reported a payment in progress"),
        ("payment_intent.payment_failed", "Reported a failed payment"),
        ("charge.refunded", "Reported a refund"),
        ("charge.dispute.created", "Reported a dispute"),
        ("charge.dispute.closed", "Reported the end of a dispute"),
        ("customer.updated", "Reported the event customer.updated"),
    ],
)
def test_an_event_is_told_in_words_and_an_unknown_one_by_its_type(kind: str, title: str) -> None:
    assert audit_areas().title("stripe_event.received", {"type": kind, "external_id": "evt_1"}) == title


@pytest.mark.parametrize("data", [{}, {"type": None}, {"type": ["charge.refunded"]}], ids=str)
def test_a_row_without_a_type_is_worded_all_the_same(data: dict[str, object]) -> None:
    assert audit_areas().title("stripe_event.received", data) == "Reported an event"
