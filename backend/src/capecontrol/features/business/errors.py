"""What can be refused about the business."""

from typing import ClassVar

from capecontrol.core.problems import Conflict


class TaxRateBegun(Conflict):
    """Documents may have been written with the rate."""

    slug: ClassVar[str] = "business/tax-rate-begun"
    title: ClassVar[str] = "This tax rate is already in use"


class TaxRateIsDefault(Conflict):
    """New lines start with its tax, which has no other rate."""

    slug: ClassVar[str] = "business/tax-rate-is-default"
    title: ClassVar[str] = "New line items use this tax rate"


class TaxRateTaken(Conflict):
    """The tax has a rate from that day on."""

    slug: ClassVar[str] = "business/tax-rate-taken"
    title: ClassVar[str] = "There is already a tax rate from this date"
