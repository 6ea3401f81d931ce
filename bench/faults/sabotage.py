"""Transactions that fail at their very end, after they have announced their mail: the rolled-back ones of the run."""

from capecontrol.core.work import AuditEntry, AuditSink, Work

DOOMED = "doomed-"


class Sabotage:
    """An audit sink that refuses a registration whose address begins with ``doomed-``, after everything was written."""

    def __init__(self, real: AuditSink) -> None:
        """Take the real sink, for everybody else."""
        self._real = real

    async def write(self, work: Work, entry: AuditEntry) -> None:
        """Write, and then fail what is doomed."""
        await self._real.write(work, entry)
        if entry.action == "user.registered" and work.actor.label.startswith(DOOMED):
            raise RuntimeError("sabotage: the transaction fails after its announcements")
