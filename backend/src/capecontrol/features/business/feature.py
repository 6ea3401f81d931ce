"""What main joins of business."""

from capecontrol.core.feature import Feature
from capecontrol.features.business.permissions import GRANTS
from capecontrol.features.business.routes import router

FEATURE = Feature(name="business", routers=(router,), grants=GRANTS)
