"""Dead letters as a file: what stands in its columns."""

from capecontrol.core.export.column import Column
from capecontrol.core.export.csv_list import CsvList
from capecontrol.core.outbox.dao import DEAD_LETTERS
from capecontrol.core.outbox.model import OutboxMessage
from capecontrol.features.organizations.interface import organization_to_join

_ORGANIZATION = organization_to_join(OutboxMessage.org_id)

DEAD_LETTERS_CSV = CsvList(
    "dead_letters",
    DEAD_LETTERS,
    Column.moment("died_at", OutboxMessage.dead_at),
    Column.own("consumer", OutboxMessage.consumer),
    Column.own("topic", OutboxMessage.topic),
    Column.own("lane", OutboxMessage.lane),
    Column.text("organization", _ORGANIZATION.c.name),
    Column.text("reason", OutboxMessage.last_error),
    Column.own("attempts", OutboxMessage.attempts),
    Column.moment("created_at", OutboxMessage.created_at),
    Column.text("request_id", OutboxMessage.request_id),
    Column.own("id", OutboxMessage.id),
    area="outbox",
    joins=[_ORGANIZATION],
)
