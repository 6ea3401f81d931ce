"""What main joins of bulk operations."""

from capecontrol.core.changes.topic import Topic
from capecontrol.core.feature import Feature
from capecontrol.core.path_objects import PathObject
from capecontrol.features.bulk_operations import models
from capecontrol.features.bulk_operations.audit import AUDIT_AREAS
from capecontrol.features.bulk_operations.dao import BulkOperationDao
from capecontrol.features.bulk_operations.jobs import SCHEDULE
from capecontrol.features.bulk_operations.permissions import BULK_OPERATIONS_RUN, GRANTS
from capecontrol.features.bulk_operations.routes import router
from capecontrol.features.bulk_operations.subscribers import SUBSCRIPTIONS

FEATURE = Feature(
    name="bulk_operations",
    models=(models,),
    routers=(router,),
    grants=GRANTS,
    path_objects=(PathObject("operation_id", "bulk_operation", BulkOperationDao),),
    topics={Topic.BULK_OPERATIONS: BULK_OPERATIONS_RUN},
    audit_areas=AUDIT_AREAS,
    subscriptions=SUBSCRIPTIONS,
    schedule=SCHEDULE,
)
