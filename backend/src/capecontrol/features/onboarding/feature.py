"""What main joins of onboarding."""

from capecontrol.core.feature import Feature
from capecontrol.features.onboarding import models
from capecontrol.features.onboarding.audit import AUDIT_AREAS
from capecontrol.features.onboarding.permissions import GRANTS
from capecontrol.features.onboarding.routes import router

FEATURE = Feature(
    name="onboarding",
    models=(models,),
    routers=(router,),
    grants=GRANTS,
    audit_areas=AUDIT_AREAS,
)
