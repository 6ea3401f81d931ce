"""Transactions that fail at their very end, after they have announced their mail: the rolled-back ones of the run."""

from capecontrol.core.audit import AuditEntry, AuditSink
from capecontrol.core.db.transaction import Transaction

DOOMED = "doomed-"


class Sabotage:
    """An audit sink that refuses a registration whose address begins with ``doomed-``, after everything was written."""

    def __init__(self, real: AuditSink) -> None:
        """Take the real sink, for everybody else."""
        self._real = real

    async def write(self, transaction: Transaction, entry: AuditEntry) -> None:
        """Write, and then fail what is doomed."""
        await self._real.write(transaction, entry)
        if entry.action == "user.registered" and (entry.actor.email or "").startswith(DOOMED):
            raise RuntimeError("sabotage: the transaction fails after its announcements")
