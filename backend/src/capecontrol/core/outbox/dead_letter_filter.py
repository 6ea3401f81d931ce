"""What readers of dead letters look for."""

from pydantic import Field

from capecontrol.core.lists.list_filter import ListFilter


class DeadLetterFilter(ListFilter):
    """The filter of the list of messages that were given up."""

    consumer: str | None = Field(default=None, max_length=100, description="Only messages for this consumer.")
