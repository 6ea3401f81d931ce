"""HTTP: the dashboard."""

from typing import Annotated

from capecontrol.core.activity import ActivityCatalog
from capecontrol.core.business import Business
from capecontrol.core.http import Router, provided, requires
from capecontrol.core.permissions import Realm
from capecontrol.core.work import UnitOfWork
from capecontrol.features.dashboards.client import client_dashboard
from capecontrol.features.dashboards.permissions import DASHBOARDS_READ
from capecontrol.features.dashboards.schemas import Dashboard
from capecontrol.features.dashboards.staff import staff_dashboard

router = Router("dashboards")


@router.get("/api/dashboard", operation_id="get_dashboard", summary="Retrieve the dashboard")
async def get_dashboard(
    work: Annotated[UnitOfWork, requires(DASHBOARDS_READ)],
    business: Annotated[Business, provided(Business)],
    catalog: Annotated[ActivityCatalog, provided(ActivityCatalog)],
) -> Dashboard:
    """Return the dashboard of an operator or of a client. `realm` says which."""
    if work.actor.realm is Realm.CLIENT:
        return await client_dashboard(work, business, catalog)
    return await staff_dashboard(work, business, catalog)
