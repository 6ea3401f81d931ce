"""What the run breaks on purpose, by the names of what is asked for.

Transactions that fail at their very end, after they have announced their mail: the rolled-back ones of every run. And,
in the control only, the mistakes by which its verdicts are seen red.
"""

from dataclasses import replace

from capecontrol.core.audit import AuditEntry, AuditSink
from capecontrol.core.db.transaction import Transaction
from capecontrol.core.ids import new_id
from capecontrol.core.problems import Unavailable
from capecontrol.features.notifications.ports import Mailer, MailRefused, OutgoingMail

DOOMED = "doomed-"
#: Registrations of the control only. Each name is one mistake: a server error; a mail that is never sent, refused for
#: good, or sent twice under two ids.
BROKEN, UNMAILED, REFUSED, TWICE = "user-broken-", "user-unmailed-", "user-refused-", "user-twice-"


class Sabotage:
    """An audit sink that refuses some registrations after everything was written."""

    def __init__(self, real: AuditSink) -> None:
        """Take the real sink, for everybody else."""
        self._real = real

    async def write(self, transaction: Transaction, entry: AuditEntry) -> None:
        """Write, and then fail what is to fail."""
        await self._real.write(transaction, entry)
        if entry.action == "user.registered" and (entry.actor.email or "").startswith(DOOMED):
            raise Unavailable(internal="sabotage: the transaction fails after its announcements")
        if entry.action == "user.registered" and (entry.actor.email or "").startswith(BROKEN):
            raise RuntimeError("sabotage: a mistake of the platform's own")


class CarelessMailer:
    """A carrier that loses, refuses and doubles mail: the control's."""

    def __init__(self, real: Mailer) -> None:
        """Take the real carrier, for everybody else."""
        self._real = real

    async def deliver(self, mail: OutgoingMail) -> None:
        """Carry a mail, or not, or twice."""
        if mail.to.startswith(UNMAILED):
            return
        if mail.to.startswith(REFUSED):
            raise MailRefused("sabotage: never")
        await self._real.deliver(mail)
        if mail.to.startswith(TWICE):
            await self._real.deliver(replace(mail, message_id=new_id()))
