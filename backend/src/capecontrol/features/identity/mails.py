"""The mails of identity; their words are in ``mails/``."""

from typing import ClassVar, Final

from pydantic import SecretStr

from capecontrol.core.mail import Mail, PageLink

#: 0.1.0 greeted by name, and takes no mail without one while it is being replaced.
_NO_NAME: Final = ""


class VerificationMail(Mail):
    """The link by which somebody shows that an address is theirs.

    Nothing in it was typed by whoever registered: they may have typed somebody else's address.
    """

    template: ClassVar[str] = "verify_email"

    full_name: str = _NO_NAME
    url: SecretStr


class AddressKnownMail(Mail):
    """What the owner of an address is told when somebody registers it again.

    No name either: of an account that waits for its verification, a stranger may have typed it.
    """

    template: ClassVar[str] = "address_known"

    full_name: str = _NO_NAME
    login_url: PageLink


class BankDetailsChangedMail(Mail):
    """What every operator is told when money is to go elsewhere. ``changed_by`` is the name of whoever changed it."""

    template: ClassVar[str] = "bank_details_changed"
    is_for_staff: ClassVar[bool] = True

    full_name: str
    changed_by: str
    changed_text: str
    url: PageLink


class ContactChangedMail(Mail):
    """What every operator is told when clients are led elsewhere to write, call or look. ``changed_by`` is a name."""

    template: ClassVar[str] = "contact_changed"
    is_for_staff: ClassVar[bool] = True

    full_name: str
    changed_by: str
    changed_text: str
    url: PageLink


MAILS = (VerificationMail, AddressKnownMail, BankDetailsChangedMail, ContactChangedMail)
