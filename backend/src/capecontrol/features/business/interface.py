"""What others may use of business: how a process begins with it, and goes on with what people change."""

from capecontrol.features.business.actions.seed_business import reseed_business, seed_business
from capecontrol.features.business.current import recorded_business
from capecontrol.features.business.demonstration import Demonstration
from capecontrol.features.business.follower import BusinessFollower
from capecontrol.features.business.theme import theme_css

__all__ = [
    "BusinessFollower",
    "Demonstration",
    "recorded_business",
    "reseed_business",
    "seed_business",
    "theme_css",
]
