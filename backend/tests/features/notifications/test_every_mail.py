"""What holds for each mail of the product, whichever feature declares it: written once, from members by their types."""

import json
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from jinja2 import Environment, meta
from pydantic import SecretStr

from capecontrol.core.business import Business
from capecontrol.core.mail import Mail, PageLink
from capecontrol.features.notifications.mail_templates import MailTemplates
from capecontrol.main.features import mails

MAILS = tuple(mails())
BUSINESS = Business(name="Harbour & Sons")
LINK = "https://example.test/page"
GAP = "\u200b"

#: What goes to the business's own people.
FOR_STAFF = {"bank_details_changed", "contact_changed", "proposal_decided", "proposal_expired"}

#: What strangers can have sent to an address that nobody has verified yet: nothing that they typed is in it.
FOR_ANYBODY = {"verify_email", "address_known"}

every_mail = pytest.mark.parametrize("declared", MAILS, ids=lambda mail: mail.template)


@pytest.fixture(scope="module")
def templates() -> MailTemplates:
    return MailTemplates(MAILS)


def example(declared: type[Mail], typed: str = "Nkosi & <b>Daughters</b>") -> Mail:
    """Return a mail of this kind, with a text in it that somebody typed."""
    by_kind: dict[type, object] = {str: typed, int: 2, bool: True, SecretStr: SecretStr(LINK)}
    members: dict[str, object] = {}
    for name, field in declared.model_fields.items():
        kind, *_ = get_args(field.annotation) or (field.annotation,)
        if not isinstance(kind, type):
            # The first of a few words.
            members[name] = kind
            continue
        members[name] = LINK if field.metadata == list(get_args(PageLink)[1:]) else by_kind[kind]
    return declared.model_validate(members)


def source(declared: type[Mail], kind: str) -> str:
    module = sys.modules[declared.__module__].__file__
    assert module is not None
    return (Path(module).parent / "mails" / f"{declared.template}.{kind}").read_text()


@every_mail
def test_it_has_a_subject_a_text_and_its_twin(templates: MailTemplates, declared: type[Mail]) -> None:
    mail = templates.write(example(declared), BUSINESS)
    assert mail.subject
    assert "{{" not in mail.text + mail.html
    assert LINK in mail.text
    assert mail.html.count('class="button"') == 1, "one button"
    assert f'href="{LINK}"' in mail.html
    assert "<script" not in mail.html
    assert "src=" not in mail.html, "a mail loads nothing: no pixel tells that it was read"
    assert ("<b>Daughters" in mail.text) is (declared.template not in FOR_ANYBODY)
    assert "<b>Daughters" not in mail.html


@every_mail
@pytest.mark.parametrize("kind", ["txt", "html"])
def test_it_uses_the_frame_and_its_own_members_only(declared: type[Mail], kind: str) -> None:
    """Also in branches that the example does not take."""
    parsed = Environment(autoescape=True).parse(source(declared, kind))
    assert meta.find_undeclared_variables(parsed) <= {*declared.model_fields, "business"}
    assert list(meta.find_referenced_templates(parsed)) == [f"frame.{kind}"]


@every_mail
def test_a_list_of_mails_shows_more_than_its_subject(templates: MailTemplates, declared: type[Mail]) -> None:
    mail = templates.write(example(declared), BUSINESS)
    found = re.search(r'<div class="preview"[^>]*>(.*?)(?:&#847;|</div>)', mail.html)
    assert found
    assert 20 < len(found[1]) < 160
    assert found[1] != mail.subject


@every_mail
def test_it_is_framed_by_the_business(templates: MailTemplates, declared: type[Mail]) -> None:
    mail = templates.write(example(declared), BUSINESS)
    assert mail.text.endswith("\n\nHarbour & Sons\n")
    assert '<p class="name">Harbour &amp; Sons</p>' in mail.html
    assert '<p class="foot"></p>' not in mail.html, "it says why somebody gets it"


@every_mail
@pytest.mark.parametrize(
    ("email", "phone", "sentence"),
    [
        (
            "hello@harbour.example",
            "+27 21 555 0100",
            "Questions? Write to hello@harbour.example or call +27 21 555 0100.",
        ),
        ("hello@harbour.example", None, "Questions? Write to hello@harbour.example."),
        (None, "+27 21 555 0100", "Questions? Call +27 21 555 0100."),
    ],
)
def test_it_says_whom_to_ask_but_not_to_those_who_are_asked(
    templates: MailTemplates, declared: type[Mail], email: str | None, phone: str | None, sentence: str
) -> None:
    mail = templates.write(example(declared), replace(BUSINESS, email=email, phone=phone))
    if declared.template in FOR_STAFF:
        assert "Questions?" not in mail.text + mail.html
        assert mail.text.endswith("\n\nHarbour & Sons\n")
        return
    assert f"\n\n{sentence}\n\nHarbour & Sons\n" in mail.text
    assert " ".join(re.sub(r"<[^>]+>", "", mail.html).split()).count(sentence) == 1


@every_mail
def test_a_line_break_in_what_somebody_typed_starts_no_header(templates: MailTemplates, declared: type[Mail]) -> None:
    subject = templates.write(example(declared, "Lead\r\nBcc: everybody@example.com"), BUSINESS).subject
    assert "\n" not in subject
    assert "\r" not in subject


@every_mail
def test_nothing_that_somebody_typed_is_a_link(templates: MailTemplates, declared: type[Mail]) -> None:
    """Mail programs make links of addresses in texts; whoever reads one takes it for the business's."""
    mail = templates.write(
        example(declared, "Claim your refund at https://evil.example/refund, WWW.evil.example or refund@evil.example"),
        BUSINESS,
    )
    for part in (mail.subject, mail.text, mail.html):
        assert not re.search(r"evil\.example|refund@evil|https://(?!example\.test/page)|WWW\.evil", part)
    shown = "Claim your refund at https://evil.example/refund" in mail.text.replace(GAP, "")
    assert shown is (declared.template not in FOR_ANYBODY)


@every_mail
def test_it_comes_out_of_the_outbox_as_it_went_in(templates: MailTemplates, declared: type[Mail]) -> None:
    mail = example(declared)
    assert templates.restored(mail.template, json.loads(json.dumps(mail.context() | mail.secrets()))) == mail
