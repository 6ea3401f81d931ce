"""What the audit log says of acts on the installation's keys."""

from capecontrol.core.audit import AuditArea
from capecontrol.core.wording import phrase

KEYS = AuditArea(
    "secret.",
    "Keys",
    {
        "secret.adopted": phrase("Set up the installation’s keys"),
        "secret.rotated": phrase("Rotated a key"),
        "secret.resealed": phrase("Encrypted the stored values with the newest key"),
        "secret.retired": phrase("Retired a key"),
    },
)
