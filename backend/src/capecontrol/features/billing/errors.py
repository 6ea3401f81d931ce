"""What can be refused about money."""

from typing import ClassVar

from capecontrol.core.problems import Conflict, Unavailable, UpstreamFailed


class NotPayable(Conflict):
    """The proposal is not approved, is paid already, or costs nothing."""

    slug: ClassVar[str] = "billing/not-payable"
    title: ClassVar[str] = "This proposal can't be paid"


class PaymentProcessing(NotPayable):
    """A payment for the proposal is on its way: another one might charge the client twice."""

    slug: ClassVar[str] = "billing/payment-processing"
    title: ClassVar[str] = "A payment is being processed"


class DocumentNotReady(Conflict):
    """The PDF is still being written."""

    slug: ClassVar[str] = "billing/document-not-ready"
    title: ClassVar[str] = "The PDF is being prepared"


class PaymentProviderFailed(UpstreamFailed):
    """The payment provider did not do what was asked; nothing was charged."""

    slug: ClassVar[str] = "billing/provider-failed"
    title: ClassVar[str] = "The payment page couldn't be opened"


class PayFastOnHold(Unavailable):
    """PayFast is not offered (decision of the product: its specification is not approved)."""

    slug: ClassVar[str] = "payments/payfast-on-hold"
    title: ClassVar[str] = "PayFast isn't available"
    retry_after_seconds: ClassVar[int | None] = None
    is_planned: ClassVar[bool] = True
