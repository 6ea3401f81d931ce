"""From when until when a rate of tax may count."""

from datetime import date

from capecontrol.core.problems import FieldError, Invalid


def check_period(valid_from: date, valid_until: date | None) -> None:
    """Let a rate count from a day until another one, or without an end.

    Raises:
        Invalid: it would end before it begins.
    """
    if valid_until is not None and valid_until < valid_from:
        sentence = f"The last day can't be before the first day, {valid_from}."
        raise Invalid(errors=[FieldError("/valid_until", sentence)])
