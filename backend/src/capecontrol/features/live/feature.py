"""What main joins of live."""

from capecontrol.core.feature import Feature
from capecontrol.features.live.routes import router

FEATURE = Feature(name="live", routers=(router,))
