"""What the audit log says of acts on the onboarding."""

from capecontrol.core.audit import AuditArea
from capecontrol.core.wording import phrase

AUDIT_AREAS = (
    AuditArea(
        "onboarding.",
        "Onboarding",
        {
            "onboarding.step_completed": phrase("Completed the onboarding step {step}"),
            "onboarding.profile_updated": phrase("Changed the onboarding profile"),
        },
    ),
)
