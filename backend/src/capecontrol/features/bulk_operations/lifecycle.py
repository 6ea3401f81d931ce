"""Where a bulk operation stands: ``QUEUED → RUNNING → DONE``; from the first two also ``CANCELLED | FAILED``."""

from datetime import timedelta
from enum import StrEnum


class BulkState(StrEnum):
    """Where a bulk operation stands."""

    QUEUED = "QUEUED"
    RUNNING = "RUNNING"
    #: Every thing had its turn, whether or not the act succeeded.
    DONE = "DONE"
    CANCELLED = "CANCELLED"
    #: It was stopped before every thing had its turn.
    FAILED = "FAILED"


class StopReason(StrEnum):
    """Why an operation was stopped."""

    #: The person's account was disabled or deleted, or the organization suspended.
    ACCOUNT_INACTIVE = "ACCOUNT_INACTIVE"
    #: The person no longer holds the permission.
    PERMISSION_LOST = "PERMISSION_LOST"
    #: The person signed out of all devices after starting it.
    SIGNED_OUT = "SIGNED_OUT"
    #: Its message was given up: nobody goes on with it.
    INTERNAL_ERROR = "INTERNAL_ERROR"


#: In these it goes on.
ACTIVE = (BulkState.QUEUED, BulkState.RUNNING)
#: For so long one is kept after its end.
KEPT = timedelta(days=30)
