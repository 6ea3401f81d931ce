"""What main joins of search."""

from capecontrol.core.feature import Feature
from capecontrol.features.search.permissions import GRANTS
from capecontrol.features.search.routes import router

FEATURE = Feature(
    name="search",
    routers=(router,),
    grants=GRANTS,
)
