"""What main joins of bulk operations."""

from capecontrol.core.audit import AuditArea
from capecontrol.core.changes.topic import Topic
from capecontrol.core.feature import Feature
from capecontrol.features.bulk_operations import models
from capecontrol.features.bulk_operations.jobs import SCHEDULE
from capecontrol.features.bulk_operations.permissions import BULK_OPERATIONS_RUN, GRANTS
from capecontrol.features.bulk_operations.routes import router
from capecontrol.features.bulk_operations.subscribers import SUBSCRIPTIONS

FEATURE = Feature(
    name="bulk_operations",
    models=(models,),
    routers=(router,),
    grants=GRANTS,
    topics={Topic.BULK_OPERATIONS: BULK_OPERATIONS_RUN},
    audit_areas=(AuditArea("bulk_operation.", "Bulk operations"),),
    subscriptions=SUBSCRIPTIONS,
    schedule=SCHEDULE,
)
