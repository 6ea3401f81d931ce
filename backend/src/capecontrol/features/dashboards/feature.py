"""What main joins of dashboards."""

from capecontrol.core.feature import Feature
from capecontrol.features.dashboards.permissions import GRANTS
from capecontrol.features.dashboards.routes import router

FEATURE = Feature(
    name="dashboards",
    routers=(router,),
    grants=GRANTS,
)
