"""What the demonstration's business says and shows at its front door."""

import hashlib
from importlib.resources import files

from capecontrol.core.business import Business, offer_picture_key
from capecontrol.core.pictures import Encoding, Picture
from capecontrol.core.storage import ObjectStorage
from capecontrol.core.uploads.keep import keep_picture
from capecontrol.core.work import Units
from capecontrol.features.business.actions.edit_business import edit_business

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
    "contact": "Tell us what takes up your time. We'll tell you what it would cost to automate it.",
    "about": (
        "Northstar Automation builds and runs automations for small and medium-sized businesses in South Africa.\n\n"
        "We write every proposal at a fixed price, start when you approve it, and keep an eye on what we built "
        "for as long as you use it."
    ),
}


async def furnish(units: Units, storage: ObjectStorage, known: Business) -> None:
    """Write the front door, with its pictures."""
    offers = []
    for offer, (name, alt) in zip(_OFFERS, _PICTURES, strict=True):
        data = (files("capecontrol.local") / "pictures" / name).read_bytes()
        sha256 = hashlib.sha256(data).hexdigest()
        await keep_picture(units, storage, Picture(data, Encoding.WEBP, _WIDTH, _HEIGHT), offer_picture_key(sha256))
        offers.append({**offer, "picture": {"sha256": sha256, "alt": alt}})
    async with units.open() as work:
        await edit_business(work, known, {"front_door": {**_FRONT_DOOR, "offers": offers}}, expected=None)
