"""Templates write as the installation does, and cannot go out with a hole."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from jinja2 import Environment, TemplateNotFound, UndefinedError

from capecontrol.core.formats import Formats
from capecontrol.core.money import Money
from capecontrol.core.templating import templates

NEW_YEARS_EVE = datetime(2026, 12, 31, 22, 30, tzinfo=UTC)


@pytest.fixture
def environment() -> Environment:
    return templates("capecontrol.features.billing", "documents")


def test_templates_write_by_filters(environment: Environment) -> None:
    template = environment.from_string(
        "{{ m|money }} {{ 5|amount('ZAR') }} {{ q|quantity }} {{ r|rate }} {{ d|date }} {{ d|moment }}"
    )
    assert template.render(
        formats=Formats(), m=Money(100, "ZAR"), q=Decimal("1.0"), r=Decimal(15), d=NEW_YEARS_EVE
    ) == ("R\u00a01.00 R\u00a00.05 1 15% 31 December 2026 31 December 2026, 22:30 (GMT+00:00)")


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
    accent = {"accent": "#0f766e", "on_accent": "#ffffff", "soft": "#e6f4f2", "on_soft": "#0b4f4a"}
    style = environment.get_template("paper.css").render(accents=accent)
    assert "@page" in style
    assert all(colour in style for colour in accent.values())
    with pytest.raises(TemplateNotFound):
        environment.get_template("../../core/templates/paper.css")
