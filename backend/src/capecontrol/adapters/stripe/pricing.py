"""Lines of a payment page as Stripe takes them."""

from collections.abc import Sequence

from stripe.params.checkout import SessionCreateParamsLineItem

from capecontrol.features.billing.ports import CheckoutLine

#: Stripe refuses longer product names.
NAME_MAX = 250


def price_lines(currency: str, lines: Sequence[CheckoutLine]) -> list[SessionCreateParamsLineItem]:
    """Write each document line as one item of quantity one with its rounded total.

    Stripe's quantities are integers and its own rounding is not ours: 1.5 h x R 333.33 must come out as we wrote it.
    """
    return [
        {
            "quantity": 1,
            "price_data": {
                "currency": currency.lower(),
                "unit_amount": line.amount,
                "product_data": {"name": _shortened(line.description)},
            },
        }
        for line in lines
    ]


def _shortened(name: str) -> str:
    return name if len(name) <= NAME_MAX else name[: NAME_MAX - 1] + "…"
