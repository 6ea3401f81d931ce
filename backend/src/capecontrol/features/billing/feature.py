"""What main joins of billing."""

from capecontrol.core.feature import Feature
from capecontrol.features.billing import models
from capecontrol.features.billing.activity import ACTIVITY
from capecontrol.features.billing.jobs import SCHEDULE
from capecontrol.features.billing.permissions import GRANTS
from capecontrol.features.billing.routes import router
from capecontrol.features.billing.subscribers import SUBSCRIPTIONS

FEATURE = Feature(
    name="billing",
    models=(models,),
    routers=(router,),
    grants=GRANTS,
    activity=ACTIVITY,
    subscriptions=SUBSCRIPTIONS,
    schedule=SCHEDULE,
)
