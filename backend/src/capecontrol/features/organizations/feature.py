"""What main joins of organizations."""

from capecontrol.core.audit import AuditArea
from capecontrol.core.changes.topic import Topic
from capecontrol.core.feature import Feature
from capecontrol.features.organizations import models
from capecontrol.features.organizations.permissions import GRANTS, ORGANIZATIONS_READ
from capecontrol.features.organizations.routes import router

FEATURE = Feature(
    name="organizations",
    models=(models,),
    routers=(router,),
    grants=GRANTS,
    topics={Topic.ORGANIZATIONS: ORGANIZATIONS_READ},
    audit_areas=(AuditArea("organization.", "Organizations"),),
)
