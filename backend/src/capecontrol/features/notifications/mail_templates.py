"""Writes mails: a subject, a plain text and an HTML twin, from the templates of the features that declare them.

Each mail is one file ``<template>.txt``, which extends ``frame.txt`` and has the blocks ``subject`` and ``content``,
and one file ``<template>.html``, which extends ``frame.html``. The frames are in ``frame/``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from jinja2 import TemplateNotFound

from capecontrol.core.business import Business
from capecontrol.core.mail import Mail
from capecontrol.core.templating import templates


class TemplateUnknown(LookupError):
    """This release declares no mail with this template. The message is kept for one that does."""


@dataclass(frozen=True, slots=True)
class WrittenMail:
    """A written mail, without its envelope."""

    subject: str
    text: str
    html: str


class MailTemplates:
    """Writes the declared mails."""

    def __init__(self, mails: Iterable[type[Mail]]) -> None:
        """Take the mails of all features.

        Raises:
            ValueError: two mails share a template, or one has not both its files, or no subject.
        """
        self._mails: dict[str, type[Mail]] = {}
        for mail in mails:
            if mail.template in self._mails:
                raise ValueError(f"the mail {mail.template} is declared twice")
            self._mails[mail.template] = mail
        packages = dict.fromkeys(mail.__module__.rpartition(".")[0] for mail in self._mails.values())
        self._environment = templates(
            "capecontrol.features.notifications", "frame", *((package, "mails") for package in packages)
        )
        for name in self._mails:
            self._check(name)

    def restored(self, template: str, members: Mapping[str, object]) -> Mail:
        """Return the mail that these members were taken from, perhaps by the release before.

        Raises:
            TemplateUnknown: this release declares no such mail.
            ValidationError: a member is missing, and has no default.
        """
        try:
            declared = self._mails[template]
        except KeyError:
            raise TemplateUnknown(template) from None
        return declared.model_validate(members, extra="ignore")

    def write(self, mail: Mail, business: Business, public_url: str = "") -> WrittenMail:
        """Return a mail as it is written in the name of a business, whose logo lies below the public address.

        Raises:
            UndefinedError: a template uses a name that the mail has not; no mail goes out with a hole in it.
        """
        values = {
            **mail.words(),
            **mail.secrets(),
            "business": business,
            "formats": business.formats,
            "is_for_staff": mail.is_for_staff,
            "public_url": public_url,
        }
        plain = self._environment.get_template(f"{mail.template}.txt")
        # A block of its own, so that a line break in what people typed does not end it early.
        written = "".join(plain.blocks["subject"](plain.new_context(values)))
        subject = " ".join(written.split())
        return WrittenMail(
            subject=subject,
            text=plain.render(values).strip() + "\n",
            html=self._environment.get_template(f"{mail.template}.html").render({**values, "subject": subject}),
        )

    def _check(self, name: str) -> None:
        try:
            plain, _ = [self._environment.get_template(f"{name}.{kind}") for kind in ("txt", "html")]
        except TemplateNotFound as error:
            raise ValueError(f"the mail {name} lacks its file mails/{error.name}") from error
        if "subject" not in plain.blocks:
            raise ValueError(f"mails/{name}.txt has no block subject")
