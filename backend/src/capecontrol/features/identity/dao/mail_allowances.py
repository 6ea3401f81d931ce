"""Queries about how many mails strangers had sent to a mailbox."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import text

from capecontrol.core.crypto import digest
from capecontrol.core.dao import Dao
from capecontrol.core.ids import new_id
from capecontrol.core.mail_address import mailbox_of
from capecontrol.features.identity.models import MailAllowance

#: Mails of one purpose to one mailbox, of whoever asks.
HOUR_MAX = 3
DAY_MAX = 10


class MailPurpose(StrEnum):
    """Why a stranger's mail goes: each purpose has an allowance of its own."""

    VERIFICATION = "verification"
    KNOWN_ADDRESS = "known_address"


# One statement: whoever comes second waits for the row, and then counts what the first one wrote. A time counts by its
# distance from now, so that a clock that was ahead for a while does not block a mailbox for as long.
TAKE = """
insert into mail_allowances as held (id, mailbox, mailed_at, last_mailed_at)
values (:id, :mailbox, array[cast(:now as timestamptz)], cast(:now as timestamptz))
on conflict (mailbox) do update set
  last_mailed_at = excluded.last_mailed_at,
  mailed_at = excluded.mailed_at || array(
    select at from unnest(held.mailed_at) as at
    where at between excluded.last_mailed_at - interval '1 day' and excluded.last_mailed_at + interval '1 day'
  )
where (
  select count(*) < :day_max and count(*) filter (
    where at between excluded.last_mailed_at - interval '1 hour' and excluded.last_mailed_at + interval '1 hour'
  ) < :hour_max
  from unnest(held.mailed_at) as at
  where at between excluded.last_mailed_at - interval '1 day' and excluded.last_mailed_at + interval '1 day'
)
returning 1
"""


class MailAllowanceDao(Dao[MailAllowance]):
    """Allowances. They belong to no organization: a mailbox may be nobody's."""

    model = MailAllowance
    owner = None

    async def take(self, purpose: MailPurpose, address: str) -> bool:
        """Count one more mail to the mailbox of an address if it may go, and tell whether it may.

        Others who write to the mailbox for the purpose wait until the unit ends.

        Args:
            purpose: why it goes.
            address: in its comparable form.
        """
        counted = {
            "id": new_id(),
            "mailbox": digest(f"{purpose} {mailbox_of(address)}"),
            "now": self.work.now(),
            "hour_max": HOUR_MAX,
            "day_max": DAY_MAX,
        }
        return (await self.session.execute(text(TAKE), counted)).first() is not None

    async def forget_before(self, moment: datetime, limit: int) -> int:
        """Delete allowances that no mail was counted for since a moment; return how many."""
        return await self.delete_first(
            MailAllowance.last_mailed_at < moment, by=MailAllowance.last_mailed_at, limit=limit
        )
