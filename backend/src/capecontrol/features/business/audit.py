"""What the audit log says of acts on the business's own details."""

from capecontrol.core.audit import AuditArea
from capecontrol.core.wording import phrase

AUDIT_AREAS = (
    AuditArea(
        "business.",
        "Business",
        {
            "business.seeded": phrase("Set up the business from the settings"),
            "business.reseeded": phrase("Updated the business from the settings"),
            "business.updated": phrase("Changed the business details"),
            "business.picture_uploaded": phrase("Uploaded a picture"),
            "business.tax_rate_added": phrase("Added the tax rate {name}"),
            "business.tax_rate_updated": phrase("Changed the end date of the tax rate {name}"),
            "business.tax_rate_deleted": phrase("Deleted the tax rate {name}"),
        },
    ),
)
