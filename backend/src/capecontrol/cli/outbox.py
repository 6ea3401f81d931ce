"""``capecontrol outbox list | revive``: what waits, what is dead and why, and how it goes on."""

import asyncio
import json
import uuid
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar

import typer

from capecontrol.cli.database_group import DatabaseGroup
from capecontrol.core.actor import Actor
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.outbox.dao import MessageState, OutboxDao
from capecontrol.core.outbox.model import OutboxMessage
from capecontrol.core.outbox.revive import revive_messages
from capecontrol.core.secret_keys.start import SecretsRefused
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.main.keys import opened

T = TypeVar("T")
#: Dead letters of one transaction.
BATCH = 200
REASON = "command line: outbox"

Consumer = Annotated[str | None, typer.Option(help="Only messages for this consumer, such as proposals.mail.")]


def build_outbox_commands(build_factory: Callable[[], UnitOfWorkFactory]) -> typer.Typer:
    """Return the verbs of the outbox, for the database that a factory of units of work leads to."""
    commands = typer.Typer(cls=DatabaseGroup, no_args_is_help=True, help="List and retry undelivered messages.")

    def act(work: Callable[[UnitOfWorkFactory], Coroutine[Any, Any, T]]) -> T:
        async def run() -> T:
            async with opened(build_factory()) as factory:
                return await work(factory)

        try:
            return asyncio.run(run())
        except SecretsRefused as refused:
            typer.echo(str(refused), err=True)
            raise typer.Exit(1) from refused

    @commands.command("list")
    def list_messages(
        *,
        dead: Annotated[bool, typer.Option("--dead", help="Only messages that were given up.")] = False,
        due: Annotated[bool, typer.Option("--due", help="Only messages due for delivery.")] = False,
        consumer: Consumer = None,
        limit: Annotated[int, typer.Option(min=1, max=10_000, help="The most messages to show, newest first.")] = 100,
        as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object per line.")] = False,
    ) -> None:
        """List undelivered messages, newest first."""
        if dead and due:
            raise typer.BadParameter("Use either --dead or --due, not both.")
        state = MessageState.DEAD if dead else MessageState.DUE if due else None
        found = act(lambda factory: _find(factory, state, consumer, limit))
        if not found:
            # Programs that read the rows read nothing.
            typer.echo("No messages found.", err=True)
        for message in found:
            typer.echo(json.dumps(_members(message)) if as_json else _line(message))

    @commands.command()
    def revive(
        ids: Annotated[
            list[uuid.UUID] | None, typer.Argument(help="The IDs of the messages, from `outbox list`.")
        ] = None,
        *,
        consumer: Consumer = None,
        every: Annotated[bool, typer.Option("--all", help="Retry all messages that were given up.")] = False,
    ) -> None:
        """Retry messages that were given up, with all their attempts. Recorded in the audit log."""
        if [bool(ids), consumer is not None, every].count(True) != 1:
            raise typer.BadParameter("Give one or more IDs, --consumer or --all.")
        revived = act(lambda factory: _revive(factory, ids, consumer))
        typer.echo(f"{revived} {'message' if revived == 1 else 'messages'} will be retried.")
        if ids and revived < len(set(ids)):
            typer.echo("The others don't exist or haven't been given up.", err=True)
            raise typer.Exit(1)

    return commands


async def _find(
    factory: UnitOfWorkFactory, state: MessageState | None, consumer: str | None, limit: int
) -> list[OutboxMessage]:
    async with factory.unit(Actor.system(REASON), PlatformScope(REASON)) as work:
        return await OutboxDao(work).newest(state, consumer, limit)


async def _revive(factory: UnitOfWorkFactory, ids: list[uuid.UUID] | None, consumer: str | None) -> int:
    revived, system, scope = 0, Actor.system(REASON), PlatformScope(REASON)
    async with factory.unit(system, scope) as work:
        begun = await OutboxDao(work).now()
    while True:
        async with factory.unit(system, scope) as work:
            # What dies again meanwhile is not revived for ever.
            batch = ids or await OutboxDao(work).dead_ids(consumer, BATCH, until=begun)
            done = await revive_messages(work, batch)
        revived += len(done)
        if ids or not done:
            return revived


def _state(message: OutboxMessage) -> MessageState:
    if message.dead_at is not None:
        return MessageState.DEAD
    return MessageState.DUE if message.available_at <= datetime.now(UTC) else MessageState.OPEN


def _members(message: OutboxMessage) -> dict[str, object]:
    return {
        "id": str(message.id),
        "state": _state(message),
        "lane": message.lane,
        "consumer": message.consumer,
        "topic": message.topic,
        "org_id": str(message.org_id) if message.org_id else None,
        "attempts": message.attempts,
        "created_at": message.created_at.isoformat(),
        "available_at": message.available_at.isoformat(),
        "dead_at": message.dead_at.isoformat() if message.dead_at else None,
        "reason": message.last_error,
        "request_id": message.request_id,
    }


def _line(message: OutboxMessage) -> str:
    when = message.dead_at or message.available_at
    return "  ".join(
        (
            str(message.id),
            f"{_state(message):4}",
            f"{message.lane:8}",
            f"{message.consumer:32}",
            f"{when:%Y-%m-%d %H:%M:%S}",
            f"{message.attempts:2} attempts",
            message.last_error or "",
        )
    ).rstrip()
