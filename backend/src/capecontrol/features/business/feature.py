"""What main joins of business."""

from capecontrol.core.audit import AuditArea
from capecontrol.core.changes.topic import Topic
from capecontrol.core.feature import Feature
from capecontrol.features.business import models
from capecontrol.features.business.permissions import GRANTS
from capecontrol.features.business.routes import branding, business

FEATURE = Feature(
    name="business",
    models=(models,),
    routers=(business.router, branding.router),
    grants=GRANTS,
    topics={Topic.BUSINESS: None},
    audit_areas=(AuditArea("business.", "Business"),),
)
