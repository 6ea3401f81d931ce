"""What main joins of business."""

from capecontrol.core.changes.topic import Topic
from capecontrol.core.feature import Feature
from capecontrol.core.path_objects import PathObject
from capecontrol.features.business import models
from capecontrol.features.business.audit import AUDIT_AREAS
from capecontrol.features.business.dao import TaxRateDao
from capecontrol.features.business.permissions import GRANTS
from capecontrol.features.business.routes import branding, business

FEATURE = Feature(
    name="business",
    models=(models,),
    routers=(business.router, branding.router),
    grants=GRANTS,
    path_objects=(PathObject("rate_id", "tax_rate", TaxRateDao),),
    topics={Topic.BUSINESS: None},
    audit_areas=AUDIT_AREAS,
)
