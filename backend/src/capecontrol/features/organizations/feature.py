"""What main joins of organizations."""

from capecontrol.core.audit import AuditArea
from capecontrol.core.feature import Feature
from capecontrol.features.organizations import models
from capecontrol.features.organizations.permissions import GRANTS
from capecontrol.features.organizations.routes import router

FEATURE = Feature(
    name="organizations",
    models=(models,),
    routers=(router,),
    grants=GRANTS,
    audit_areas=(AuditArea("organization.", "Organizations"),),
)
