"""Writes mails: a subject, a plain text and an HTML twin, from the templates in ``mails/``.

Each mail is one file ``<name>.txt`` that defines ``subject`` in its first line and the text after it, and one file
``<name>.html`` that extends ``frame.html``.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from jinja2 import TemplateNotFound

from capecontrol.core.business import Business
from capecontrol.core.templating import templates


class TemplateUnknown(LookupError):
    """There is no template of this name: a programming error."""


@dataclass(frozen=True, slots=True)
class WrittenMail:
    """A written mail, without its envelope."""

    subject: str
    text: str
    html: str


class MailTemplates:
    """Writes mails in the name of a business."""

    def __init__(self, business: Business) -> None:
        """Take whose name the mails carry."""
        self._business = business
        self._environment = templates("capecontrol.features.notifications", "mails")

    def write(self, template: str, context: Mapping[str, object]) -> WrittenMail:
        """Return a written mail.

        Raises:
            TemplateUnknown: no template of this name.
            UndefinedError: the context lacks a name that the template uses; no mail goes out with a hole in it.
        """
        values = {**context, "business": self._business}
        try:
            plain = self._environment.get_template(f"{template}.txt").render(values)
            page = self._environment.get_template(f"{template}.html")
        except TemplateNotFound as error:
            raise TemplateUnknown(template) from error
        subject, _, text = plain.partition("\n")
        return WrittenMail(
            subject=" ".join(subject.split()),
            text=text.strip() + "\n",
            html=page.render({**values, "subject": " ".join(subject.split())}),
        )
