"""What people look for among their bulk operations."""

from pydantic import Field

from capecontrol.core.lists.list_filter import ListFilter
from capecontrol.features.bulk_operations.lifecycle import BulkState


class BulkOperationFilter(ListFilter):
    """The filter of the list of bulk operations."""

    state: BulkState | None = Field(default=None, description="In this state.")
