"""E-mail addresses: the one form in which they are compared and kept, and what is none."""

import unicodedata

from email_validator import EmailNotValidError, validate_email

#: Names of one provider's domain, where the dots before the @ are not read.
_DOTLESS = frozenset({"gmail.com", "googlemail.com"})
_NO_ADDRESS = "enter a valid e-mail address, such as name@example.com"


def checked_address(text: str) -> str:
    """Bring an address into its one comparable form, compatibility-normalized and lower-case, and check that.

    Not what was sent: a comma or a second ``@`` may hide in it as another character, and two addresses come of one.

    Raises:
        ValueError: it is not one address; with the reason.
    """
    address = comparable_address(text)
    check_address(address)
    # No address may hold the beginning of an encoded word (RFC 2047, 5), and mail programs decode it all the same.
    if "=?" in address:
        raise ValueError(_NO_ADDRESS)
    return address


def comparable_address(text: str) -> str:
    """Return the form in which two spellings of an address are equal."""
    return unicodedata.normalize("NFKC", text).casefold()


def mailbox_of(address: str) -> str:
    """Return one name for all addresses that lead to one mailbox, as far as their form tells: for counting only.

    What follows a plus sign is a tag for the mailbox's owner (RFC 5233). Few mail servers read the plus as part of the
    name; there two people are counted as one, which does less harm than counting one person as thousands.

    Args:
        address: in its comparable form.
    """
    name, _, domain = address.rpartition("@")
    # A name that is nothing but a tag is a name.
    name = name.partition("+")[0] or name
    domain = _ascii_domain(domain)
    if domain in _DOTLESS:
        return f"{name.replace('.', '')}@gmail.com"
    return f"{name}@{domain}"


def _ascii_domain(domain: str) -> str:
    """Return a domain in the letters that the name system knows, which may also have been typed."""
    try:
        return domain.encode("idna").decode()
    except UnicodeError:
        return domain


def check_address(text: str) -> None:
    """Refuse what is not one address.

    The reserved domain ``test`` is allowed, because the demonstration's accounts live there; pydantic's own type
    refuses it.

    Raises:
        ValueError: it is none; the cause says why.
    """
    try:
        validate_email(text, check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise ValueError(_NO_ADDRESS) from error
