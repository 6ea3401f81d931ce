"""Templates of mails and documents: Jinja environments with autoescape and the installation's way to write figures."""

from datetime import datetime
from decimal import Decimal

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined, pass_context, select_autoescape
from jinja2.runtime import Context

from capecontrol.core.formats import Formats, HasMoney


def templates(package: str, folder: str, *more: tuple[str, str]) -> Environment:
    """Build the environment for a feature's templates, e.g. ``templates("capecontrol.features.billing", "documents")``.

    Autoescape is on for ``.html`` and off for ``.txt`` (the plain-text twins of mails); a name that the context lacks
    is an error, so that no mail goes out with a hole in it. Filters: ``money``, ``amount``, ``quantity``, ``rate``,
    ``date``, ``moment``; whoever renders a template that uses one gives it ``formats``. Documents include
    ``paper.css``, the style that they share, and whoever renders one gives it ``accents``; and ``taxes.html``.

    A template is looked for in the folder first, then in ``more`` (packages and folders), in this order.
    """
    folders = ((package, folder), *more, ("capecontrol.core", "templates"))
    environment = Environment(
        loader=ChoiceLoader([PackageLoader(*place) for place in folders]),
        autoescape=select_autoescape(("html",), default=False, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "money": _money,
        "amount": _amount,
        "quantity": _quantity,
        "rate": _rate,
        "date": _date,
        "moment": _moment,
    }
    return environment


def _formats(context: Context) -> Formats:
    formats: Formats = context["formats"]
    return formats


@pass_context
def _money(context: Context, money: HasMoney) -> str:
    return _formats(context).money(money)


@pass_context
def _amount(context: Context, minor_units: int, currency: str) -> str:
    return _formats(context).minor_units(minor_units, currency)


@pass_context
def _quantity(context: Context, quantity: Decimal | int) -> str:
    return _formats(context).quantity(quantity)


@pass_context
def _rate(context: Context, rate: Decimal) -> str:
    return _formats(context).rate(rate)


@pass_context
def _date(context: Context, moment: datetime) -> str:
    return _formats(context).date_of(moment)


@pass_context
def _moment(context: Context, moment: datetime) -> str:
    return _formats(context).moment(moment)
