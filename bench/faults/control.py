"""The negative controls, which the run must find guilty. They exist here only.

One is of the ordinary design: it answers before the transaction is committed, and sends mail directly from within it.
The other is the product, spoiled in one place for each verdict (`sabotage.py`, `vandal.py`).
"""

import asyncio
import smtplib
import uuid
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, fields, replace
from email.message import EmailMessage
from enum import StrEnum
from urllib.parse import urlsplit

from capecontrol.core.actor import Actor, Origin
from capecontrol.core.audit import AuditEntry, AuditSink
from capecontrol.core.db.scope import Scope
from capecontrol.core.db.transaction import Transaction
from capecontrol.core.outbox.outbox import Outbox
from capecontrol.core.outbox.registry import EventRegistry
from capecontrol.core.work import UnitOfWork, UnitOfWorkFactory
from capecontrol.main.features import FEATURES
from capecontrol.main.settings import Settings


class Control(StrEnum):
    """Which of the two."""

    HASTY = "hasty"
    SPOILED = "spoiled"


#: The consumer whose work that design does within the transaction.
MAILED_AT_ONCE = "identity.mail_verification"
#: How long after the answer the transaction is committed.
COMMIT_DELAY_SECONDS = 0.15


@dataclass(frozen=True, slots=True)
class HastyFactory(UnitOfWorkFactory):
    """Units of work that end before they are committed."""

    pending: set[asyncio.Task[None]]

    @asynccontextmanager
    async def unit(
        self, actor: Actor, scope: Scope, origin: Origin | None = None, *, may_linger: bool = False
    ) -> AsyncIterator[UnitOfWork]:
        """Open a unit; let the caller go on, and commit a little later, whatever was written."""
        del may_linger
        stack = AsyncExitStack()
        transaction = await stack.enter_async_context(self.database.transaction(scope, self.clock.now))
        try:
            yield UnitOfWork(
                transaction=transaction,
                actor=actor,
                scope=scope,
                clock=self.clock,
                origin=origin or Origin(),
                audit=self.audit,
                events=self.events,
                keyring=self.keyring,
                filters_by_scope=self.database.filters_by_scope,
            )
        except BaseException as error:
            await stack.__aexit__(type(error), error, error.__traceback__)
            raise

        async def commit_later() -> None:
            await asyncio.sleep(COMMIT_DELAY_SECONDS)
            await stack.aclose()

        task = asyncio.create_task(commit_later())
        self.pending.add(task)
        task.add_done_callback(self.pending.discard)
        task.add_done_callback(lambda done: done.cancelled() or done.exception())


class DirectMail:
    """An audit sink that mails a new user at once, in the middle of the transaction."""

    def __init__(self, real: AuditSink, smtp_url: str) -> None:
        """Take the real sink and the way to the mail server."""
        self._real = real
        parts = urlsplit(smtp_url)
        self._address = (str(parts.hostname), int(parts.port or 25))

    async def write(self, transaction: Transaction, entry: AuditEntry) -> None:
        """Write, and mail."""
        await self._real.write(transaction, entry)
        if entry.action == "user.registered":
            await asyncio.to_thread(self._send, entry.actor.email or "")

    def _send(self, to: str) -> None:
        message = EmailMessage()
        message["To"], message["From"] = to, "no-reply@capecontrol.test"
        message["Message-ID"] = f"<{uuid.uuid4()}@capecontrol.test>"
        message.set_content("Welcome.")
        with smtplib.SMTP(*self._address, timeout=5) as server:
            server.send_message(message)


def hasty(factory: UnitOfWorkFactory, settings: Settings) -> UnitOfWorkFactory:
    """Return a factory of the ordinary design: the answer before the commit, a new user's mail at once."""
    smtp_url = settings.smtp_url.get_secret_value() if settings.smtp_url else ""
    others = [one for feature in FEATURES for one in feature.subscriptions if one.consumer != MAILED_AT_ONCE]
    events = Outbox(EventRegistry(others))
    ordinary = replace(factory, audit=DirectMail(factory.audit, smtp_url), events=events)
    return HastyFactory(**{field.name: getattr(ordinary, field.name) for field in fields(ordinary)}, pending=set())
