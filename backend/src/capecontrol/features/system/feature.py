"""What main joins of system."""

from capecontrol.core.audit import AuditArea
from capecontrol.core.changes.topic import Topic
from capecontrol.core.feature import Feature
from capecontrol.features.system.bulk import REVIVE
from capecontrol.features.system.permissions import GRANTS, SYSTEM_READ
from capecontrol.features.system.routes import router

FEATURE = Feature(
    name="system",
    routers=(router,),
    grants=GRANTS,
    topics={Topic.SYSTEM: SYSTEM_READ},
    audit_areas=(AuditArea("outbox.", "Deliveries"),),
    bulk=(REVIVE,),
)
