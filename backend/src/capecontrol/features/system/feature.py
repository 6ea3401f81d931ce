"""What main joins of system."""

from capecontrol.core.changes.topic import Topic
from capecontrol.core.feature import Feature
from capecontrol.core.outbox.dao import OutboxDao
from capecontrol.core.path_objects import PathObject
from capecontrol.features.system.audit import AUDIT_AREAS
from capecontrol.features.system.bulk import REVIVE
from capecontrol.features.system.permissions import GRANTS, SYSTEM_READ
from capecontrol.features.system.routes import router

FEATURE = Feature(
    name="system",
    routers=(router,),
    grants=GRANTS,
    path_objects=(PathObject("message_id", "outbox_message", OutboxDao),),
    topics={Topic.SYSTEM: SYSTEM_READ},
    audit_areas=AUDIT_AREAS,
    bulk=(REVIVE,),
)
