"""What main joins of the apps."""

from capecontrol.core.feature import Feature
from capecontrol.features.apps.routes import router

FEATURE = Feature(name="apps", routers=(router,))
