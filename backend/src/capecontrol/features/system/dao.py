"""What dashboards ask of messages that fail."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Select, func, select

from capecontrol.core.db.constant import constant
from capecontrol.core.outbox.dao import IS_RETRIED
from capecontrol.core.outbox.lane import Lane
from capecontrol.core.outbox.model import OutboxMessage
from capecontrol.core.scoped_read import Owned, Part


@dataclass(frozen=True, slots=True)
class FailingMails:
    """E-mails that have failed for one reason, the kind of the last error, and are tried again."""

    reason: str
    count: int
    since: datetime


def failing_mails(announced_before: BindParameter[datetime]) -> Part:
    """Return the SELECT of the e-mails that were to go out before a moment and are tried again, by their reasons."""

    def written(owned: Owned) -> Select[Any]:
        statement = select(OutboxMessage.last_error, func.count(), func.min(OutboxMessage.created_at))
        return statement.where(
            *IS_RETRIED,
            OutboxMessage.lane == constant(Lane.MAIL),
            OutboxMessage.created_at < announced_before,
            *owned(OutboxMessage.org_id),
        ).group_by(OutboxMessage.last_error)

    return written
