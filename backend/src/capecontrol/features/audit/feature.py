"""What main joins of audit."""

from capecontrol.core.feature import Feature
from capecontrol.features.audit import models
from capecontrol.features.audit.audit import AUDIT_AREAS
from capecontrol.features.audit.jobs import SCHEDULE
from capecontrol.features.audit.permissions import GRANTS
from capecontrol.features.audit.routes import router

FEATURE = Feature(
    name="audit",
    models=(models,),
    routers=(router,),
    grants=GRANTS,
    audit_areas=AUDIT_AREAS,
    schedule=SCHEDULE,
)
