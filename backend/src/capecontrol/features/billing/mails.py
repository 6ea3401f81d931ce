"""The mails of billing; their words are in ``mails/``."""

from typing import ClassVar

from capecontrol.core.mail import Mail, PageLink


class PaymentReceivedMail(Mail):
    """A paid invoice, for an owner of the organization."""

    template: ClassVar[str] = "payment_received"

    full_name: str
    organization_name: str
    title: str
    project_code: str
    invoice_number: str
    total_text: str
    url: PageLink


class PaymentFailedMail(Mail):
    """A payment whose money will not come, for an owner of the organization."""

    template: ClassVar[str] = "payment_failed"

    full_name: str
    organization_name: str
    title: str
    project_code: str
    total_text: str
    url: PageLink
    #: Whether the project was archived meanwhile, so that nobody can pay again.
    is_closed: bool = False


MAILS = (PaymentReceivedMail, PaymentFailedMail)
