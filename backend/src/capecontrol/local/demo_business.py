"""The demonstration's business: what its documents say of it, and what it shows at its front door."""

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from importlib.resources import files

from capecontrol.core.business import BankDetails, Business, OfferPicture
from capecontrol.core.pictures import Encoding, Picture
from capecontrol.core.sales_tax import SalesTaxRate
from capecontrol.core.storage import ObjectStorage
from capecontrol.core.uploads.keep import keep_picture
from capecontrol.core.work import Units
from capecontrol.features.business.actions.add_tax_rate import add_tax_rate
from capecontrol.features.business.actions.edit_business import edit_business

#: What documents and the front door say of it. Well-formed, and nobody's: `.example` has no mail, 555 no subscriber.
_DETAILS = {
    "legal_name": "Northstar Automation (Pty) Ltd",
    "country": "ZA",
    "registration_number": "2018/000000/07",
    "tax_number": "4000000000",
    "email": "hello@northstar.example",
    "phone": "+27 21 555 0142",
    "website": "https://northstar.example",
    "default_terms": (
        "Payment on approval. Work begins on the day of payment.\n"
        "We correct faults free of charge for 30 days after delivery."
    ),
    "bank": asdict(
        BankDetails(
            account_name="Northstar Automation (Pty) Ltd",
            bank_name="Table Bay Demo Bank",
            number="62000000000",
            bic="DEMOZAJJ",
            branch_code="000000",
        )
    ),
}
#: The standard rate of South Africa, from the day it took effect.
_TAX_RATE = SalesTaxRate("VAT", Decimal("15.00"), date(2018, 4, 1))
#: Of all pictures of the offers, in pixels: they were drawn so.
_WIDTH, _HEIGHT = 1200, 800
#: The pictures of the offers, in their order, and what each shows.
_PICTURES = (
    ("lead-capture.webp", "A completed contact form leads to a reply and a confirmation."),
    ("invoicing.webp", "An invoice with a mark that says it has been paid."),
    ("reporting.webp", "A dashboard with three figures and a bar chart that rises."),
)

_OFFERS = (
    {
        "title": "Lead capture",
        "text": "Every enquiry answered within a minute, followed up, and in your CRM without typing.",
    },
    {
        "title": "Invoicing and reminders",
        "text": "Invoices that go out on time, and friendly reminders until they are paid.",
    },
    {
        "title": "Reporting",
        "text": "Stock, sales and hours from all your systems in one table, ready when you open.",
    },
)
_FRONT_DOOR = {
    "headline": "We take the typing out of your business",
    "introduction": (
        "Northstar Automation connects the systems you already use, so that enquiries, invoices and reports "
        "take care of themselves. Follow every project in your own client portal."
    ),
    "contact": "Tell us what takes up your time. We’ll tell you what it would cost to automate it.",
    "about": (
        "Northstar Automation builds and runs automations for small and medium-sized businesses in South Africa.\n\n"
        "We write every proposal at a fixed price, start when you approve it, and keep an eye on what we built "
        "for as long as you use it."
    ),
}


async def furnish(units: Units, storage: ObjectStorage, known: Business) -> Business:
    """Write who the business is, its rate of tax, and its front door with the pictures; return it as it is then."""
    offers = []
    for offer, (name, alt) in zip(_OFFERS, _PICTURES, strict=True):
        data = (files("capecontrol.local") / "pictures" / name).read_bytes()
        picture = await keep_picture(units, storage, Picture(data, Encoding.WEBP, _WIDTH, _HEIGHT), OfferPicture)
        offers.append({**offer, "picture": {"sha256": picture.sha256, "alt": alt}})
    async with units.open() as work:
        front_door = {**_FRONT_DOOR, "offers": offers}
        await add_tax_rate(work, known, name=_TAX_RATE.name, rate=_TAX_RATE.rate, valid_from=_TAX_RATE.valid_from)
        changes = {**_DETAILS, "default_tax": _TAX_RATE.name, "front_door": front_door}
        return await edit_business(work, known, changes, expected=None)
