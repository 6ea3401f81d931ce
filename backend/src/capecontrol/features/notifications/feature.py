"""What main joins of notifications."""

from capecontrol.core.feature import Feature
from capecontrol.features.notifications.subscribers import SUBSCRIPTIONS

FEATURE = Feature(
    name="notifications",
    subscriptions=SUBSCRIPTIONS,
)
