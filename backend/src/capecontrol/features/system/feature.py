"""What main joins of system."""

from capecontrol.core.audit import AuditArea
from capecontrol.core.feature import Feature
from capecontrol.features.system.permissions import GRANTS
from capecontrol.features.system.routes import router

FEATURE = Feature(
    name="system",
    routers=(router,),
    grants=GRANTS,
    audit_areas=(AuditArea("outbox.", "Deliveries"),),
)
