"""HTTP: the business."""

from typing import Annotated

from capecontrol.core.business import Business
from capecontrol.core.http import Router, provided, requires
from capecontrol.core.work import UnitOfWork
from capecontrol.features.business.permissions import BUSINESS_READ
from capecontrol.features.business.schemas import BusinessOut

router = Router("business")


@router.get("/api/business", operation_id="get_business", summary="Show the business")
async def get_business(
    _work: Annotated[UnitOfWork, requires(BUSINESS_READ)], business: Annotated[Business, provided(Business)]
) -> BusinessOut:
    """Return in whose name, currency and time zone proposals are written."""
    return BusinessOut.of(business)
