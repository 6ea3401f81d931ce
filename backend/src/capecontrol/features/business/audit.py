"""What the audit log says of acts on the business's own details."""

from collections.abc import Mapping

from capecontrol.core.audit import AuditArea
from capecontrol.core.wording import Data, Wording, phrase

_ALL = "the business details"
_NAMES, _ADDRESS = "the business’s name and address", "the business address"
_REGISTRATION, _CONTACT = "the registration details", "the contact details"
_BRAND, _COLOUR = "the brand", "the brand colour"
_MONEY, _BANK = "prices and terms", "the bank details"
_FORMATS, _HOME_PAGE = "the formats", "the home page"

#: What was changed, by the member: in its own words, and in those of all that stands with it on the settings page.
_CHANGED: Mapping[str, tuple[str, str]] = {
    "name": ("the business name", _NAMES),
    "legal_name": ("the legal name", _NAMES),
    "address": (_ADDRESS, _NAMES),
    "country": (_ADDRESS, _NAMES),
    "registration_number": (_REGISTRATION, _NAMES),
    "tax_number": (_REGISTRATION, _NAMES),
    "email": (_CONTACT, _CONTACT),
    "phone": (_CONTACT, _CONTACT),
    "website": (_CONTACT, _CONTACT),
    "accent": (_COLOUR, _BRAND),
    "accent_dark": (_COLOUR, _BRAND),
    "logo": ("the logo", _BRAND),
    "currency": (_MONEY, _MONEY),
    "tax_name": (_MONEY, _MONEY),
    "default_tax": (_MONEY, _MONEY),
    "default_terms": (_MONEY, _MONEY),
    "days_to_pay": (_MONEY, _MONEY),
    "bank": (_BANK, _BANK),
    "number_format": (_FORMATS, _FORMATS),
    "date_format": (_FORMATS, _FORMATS),
    "timezone": (_FORMATS, _FORMATS),
    "front_door": (_HOME_PAGE, _HOME_PAGE),
}


def _updated(data: Data) -> str:
    """Say what was changed in the closest words that hold for all of it."""
    after = data.get("after")
    changed = [_CHANGED.get(name, (_ALL, _ALL)) for name in after] if isinstance(after, Mapping) else []
    return f"Changed {next((words[0] for words in zip(*changed, strict=True) if len({*words}) == 1), _ALL)}"


AUDIT_AREAS = (
    AuditArea(
        "business.",
        "Business",
        {
            "business.seeded": phrase("Set up the business from the settings"),
            "business.reseeded": phrase("Updated the business from the settings"),
            "business.updated": Wording(frozenset({"after"}), _updated),
            "business.picture_uploaded": phrase("Uploaded a picture"),
            "business.tax_rate_added": phrase("Added the tax rate {name}"),
            "business.tax_rate_updated": phrase("Changed the end date of the tax rate {name}"),
            "business.tax_rate_deleted": phrase("Deleted the tax rate {name}"),
        },
    ),
)
