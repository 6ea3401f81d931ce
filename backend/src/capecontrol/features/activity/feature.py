"""What main joins of activity."""

from capecontrol.core.feature import Feature
from capecontrol.features.activity import models
from capecontrol.features.activity.jobs import SCHEDULE

FEATURE = Feature(
    name="activity",
    models=(models,),
    schedule=SCHEDULE,
)
