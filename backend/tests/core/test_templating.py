"""Figures and dates as mails and documents write them, and templates that cannot go out with a hole."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from jinja2 import Environment, TemplateNotFound, UndefinedError

from capecontrol.core.money import Money
from capecontrol.core.templating import (
    amount_text,
    date_text,
    moment_text,
    money_text,
    quantity_text,
    rate_text,
    templates,
)

NEW_YEARS_EVE = datetime(2026, 12, 31, 22, 30, tzinfo=UTC)


@pytest.fixture
def environment() -> Environment:
    return templates("capecontrol.features.billing", "documents")


@pytest.mark.parametrize(
    ("amount", "currency", "written"),
    [
        (11_040_000, "ZAR", "R\u00a0110,400.00"),
        (-5, "ZAR", "-R\u00a00.05"),
        (120_000, "USD", "US$1,200.00"),
        (120_000, "EUR", "€1,200.00"),
        (-120_000, "GBP", "-£1,200.00"),
        (1200, "JPY", "JP¥1,200"),
        (4857, "BHD", "BHD\u00a04.857"),
        (4857, "IQD", "IQD\u00a04.857"),
    ],
)
def test_money(amount: int, currency: str, written: str) -> None:
    assert money_text(Money(amount, currency)) == amount_text(amount, currency) == written


@pytest.mark.parametrize(
    ("quantity", "written"), [("1", "1"), ("2.50", "2.5"), ("1200", "1,200"), ("0.3333", "0.3333"), ("0", "0")]
)
def test_quantities_have_no_needless_zeros(quantity: str, written: str) -> None:
    assert quantity_text(Decimal(quantity)) == written


@pytest.mark.parametrize(("rate", "written"), [("15.00", "15\u00a0%"), ("7.50", "7.5\u00a0%"), ("0", "0\u00a0%")])
def test_rates_have_no_needless_zeros(rate: str, written: str) -> None:
    assert rate_text(Decimal(rate)) == written


@pytest.mark.parametrize(
    ("timezone", "date", "moment"),
    [
        ("UTC", "31 December 2026", "31 December 2026, 22:30 (GMT+00:00)"),
        ("Africa/Johannesburg", "1 January 2027", "1 January 2027, 00:30 (GMT+02:00)"),
        ("America/New_York", "31 December 2026", "31 December 2026, 17:30 (GMT-05:00)"),
    ],
)
def test_an_instant_is_written_where_the_reader_is(timezone: str, date: str, moment: str) -> None:
    assert date_text(NEW_YEARS_EVE, timezone) == date
    assert moment_text(NEW_YEARS_EVE, timezone) == moment


def test_templates_write_by_filters(environment: Environment) -> None:
    template = environment.from_string(
        "{{ m|money }} {{ 5|amount('ZAR') }} {{ q|quantity }} {{ r|rate }} {{ d|date }} {{ d|moment('UTC') }}"
    )
    assert template.render(m=Money(100, "ZAR"), q=Decimal("1.0"), r=Decimal(15), d=NEW_YEARS_EVE) == (
        "R\u00a01.00 R\u00a00.05 1 15\u00a0% 31 December 2026 31 December 2026, 22:30 (GMT+00:00)"
    )


@pytest.mark.parametrize("source", ["{{ nothing }}", "{{ known.nothing }}", "{% if nothing %}x{% endif %}"])
def test_a_name_that_the_context_lacks_is_an_error(source: str, environment: Environment) -> None:
    with pytest.raises(UndefinedError):
        environment.from_string(source).render(known={})


def test_what_people_typed_is_no_markup(environment: Environment) -> None:
    assert environment.from_string("{{ name }}").render(name='<script>"&') == "&lt;script&gt;&#34;&amp;"


def test_pages_escape_and_their_plain_twins_do_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "letters_for_tests" / "mails"
    package.mkdir(parents=True)
    (package.parent / "__init__.py").touch()
    for name in ("mail.html", "mail.txt"):
        (package / name).write_text("Dear {{ name }}")
    monkeypatch.syspath_prepend(tmp_path)
    environment = templates("letters_for_tests", "mails")
    assert environment.get_template("mail.html").render(name="Tom & Co") == "Dear Tom &amp; Co"
    assert environment.get_template("mail.txt").render(name="Tom & Co") == "Dear Tom & Co"


def test_every_feature_shares_the_style_of_documents(environment: Environment) -> None:
    assert "Seller, Cape Town" in environment.get_template("paper.css").render(imprint="Seller, Cape Town")
    with pytest.raises(TemplateNotFound):
        environment.get_template("../../core/templates/paper.css")
