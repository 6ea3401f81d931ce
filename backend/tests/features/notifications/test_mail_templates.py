"""A mistake in the declaration of a mail stops the start, not the mail; what a release does not know waits."""

import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from jinja2 import UndefinedError
from pydantic import ValidationError

from capecontrol.core.business import Business
from capecontrol.core.mail import Mail
from capecontrol.features.notifications.mail_templates import MailTemplates, TemplateUnknown

PACKAGE = "letters_of_a_feature"
DECLARATION = """
from typing import ClassVar
from capecontrol.core.mail import Mail

class Greeting(Mail):
    template: ClassVar[str] = "greeting"
    name: str
    closing: str = "Yours"
"""
TEXT = '{% extends "frame.txt" %}{% block subject %}Hello, {{ name }}{% endblock %}{% block content %}{% endblock %}'
PAGE = '{% extends "frame.html" %}{% block content %}{{ closing }}{% endblock %}'

Declare = Callable[..., type[Mail]]


@pytest.fixture
def declare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Declare]:
    """Write a feature with one mail, and return the mail."""

    def written(**files: str) -> type[Mail]:
        folder = tmp_path / PACKAGE / "mails"
        folder.mkdir(parents=True)
        (tmp_path / PACKAGE / "__init__.py").touch()
        (tmp_path / PACKAGE / "mails.py").write_text(DECLARATION)
        for kind, content in files.items():
            (folder / f"greeting.{kind}").write_text(content)
        declared: type[Mail] = importlib.import_module(f"{PACKAGE}.mails").Greeting
        return declared

    monkeypatch.syspath_prepend(tmp_path)
    importlib.invalidate_caches()
    yield written
    for name in (PACKAGE, f"{PACKAGE}.mails"):
        sys.modules.pop(name, None)


def templates(*mails: type[Mail]) -> MailTemplates:
    return MailTemplates(mails)


def test_a_declared_mail_is_written(declare: Declare) -> None:
    mail = templates(greeting := declare(txt=TEXT, html=PAGE)).write(
        greeting.model_validate({"name": "Thandi"}), Business(name="Harbour")
    )
    assert (mail.subject, mail.text) == ("Hello, Thandi", "Harbour\n")
    assert "Yours" in mail.html


@pytest.mark.parametrize("files", [{"txt": TEXT}, {"html": PAGE}])
def test_a_mail_without_its_words_stops_the_start(declare: Declare, files: dict[str, str]) -> None:
    (missing,) = {"txt", "html"} - files.keys()
    with pytest.raises(ValueError, match=f"greeting lacks its file mails/greeting.{missing}"):
        templates(declare(**files))


def test_a_mail_without_a_subject_stops_the_start(declare: Declare) -> None:
    with pytest.raises(ValueError, match="no block subject"):
        templates(declare(txt='{% extends "frame.txt" %}', html=PAGE))


def test_a_template_that_two_mails_name_stops_the_start(declare: Declare) -> None:
    greeting = declare(txt=TEXT, html=PAGE)
    with pytest.raises(ValueError, match="greeting is declared twice"):
        templates(greeting, greeting)


def test_a_mail_with_a_hole_is_not_written(declare: Declare) -> None:
    greeting = declare(txt=TEXT, html=PAGE.replace("closing", "ending"))
    with pytest.raises(UndefinedError):
        templates(greeting).write(greeting.model_validate({"name": "Thandi"}), Business(name="Harbour"))


def test_what_another_release_queued_is_read_by_its_names(declare: Declare) -> None:
    """A member that came later has its default, one that went is left alone, one that is missing is a mistake."""
    known = templates(greeting := declare(txt=TEXT, html=PAGE))
    queued = known.restored("greeting", {"name": "Thandi", "gone": 1})
    assert queued == greeting.model_validate({"name": "Thandi", "closing": "Yours"})
    with pytest.raises(ValidationError, match="name"):
        known.restored("greeting", {"closing": "Yours"})
    with pytest.raises(TemplateUnknown):
        known.restored("of_a_later_release", {})
