"""``capecontrol secrets status | rotate | retire | reseal | adopt``: keys that turn while everything goes on."""

import asyncio
import getpass
import json
import socket
import sys
from collections.abc import Callable, Coroutine
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar

import typer

from capecontrol.cli.database_group import DatabaseGroup
from capecontrol.core.actor import Actor
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.rings.ring import RingName
from capecontrol.core.rings.rings import RingTimes
from capecontrol.core.secret_keys.resealing import Resealing
from capecontrol.core.secret_keys.retirement import retire
from capecontrol.core.secret_keys.rotation import rotate
from capecontrol.core.secret_keys.start import SecretsRefused, adopt
from capecontrol.core.secret_keys.usage import KeyState, KeyUsage, usage
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.main.features import issued, keyed_columns
from capecontrol.main.keys import opened

T = TypeVar("T")


def build_secrets_commands(build_factory: Callable[[], UnitOfWorkFactory]) -> typer.Typer:
    """Return the commands; they work on the installation whose factory they get."""
    commands = typer.Typer(
        cls=DatabaseGroup, no_args_is_help=True, help="Manage the keys that sign, encrypt and pepper."
    )

    def act(work: Callable[[UnitOfWorkFactory], Coroutine[Any, Any, T]]) -> T:
        async def run() -> T:
            async with opened(build_factory()) as factory:
                return await work(factory)

        try:
            return asyncio.run(run())
        except SecretsRefused as refused:
            raise _refusal(str(refused)) from refused

    @commands.command("status")
    def show(*, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
        """Show the keys of each ring, their age, and what still needs them."""
        keys = act(_usage)
        if as_json:
            print(json.dumps([_plain(key) for key in keys], indent=2))
        else:
            print("\n".join(_table(keys)))

    @commands.command("rotate")
    def make(
        rings: Annotated[list[RingName] | None, typer.Argument(help="The rings to rotate.", show_default=False)] = None,
        *,
        every: Annotated[bool, typer.Option("--all", help="Rotate every ring.")] = False,
    ) -> None:
        """Create a new key for each ring. It takes effect once every process has read it; nobody is signed out."""
        if bool(rings) == every:
            raise _refusal(f"Choose which rings to rotate: {', '.join(RingName)}, or --all.", code=2)
        names = list(RingName) if every else list(dict.fromkeys(rings or ()))
        for made in act(lambda factory: _rotate(factory, names)):
            print(f"{made.ring}: key {made.id} takes effect at {_utc(made.used_from)}.")

    @commands.command("retire")
    def drop(
        *,
        leaked: Annotated[
            list[str] | None,
            typer.Option(help="The ID of a leaked key in the ring tokens or csrf. It is retired immediately."),
        ] = None,
    ) -> None:
        """Remove every replaced key that nothing needs any more, and explain why the others are kept."""
        retired, kept = act(lambda factory: _retire(factory, frozenset(leaked or ())))
        for key in retired:
            print(f"{key.ring}: key {key.id} is retired.")
        if leaked and retired:
            seconds = RingTimes().reload_seconds
            print(f"Within {seconds:.0f} seconds, every process rejects what a leaked key signed.")
        for one in kept:
            print(f"{one.key.ring}: key {one.key.id} is kept: {one.reason}.")
        if refused := sorted(frozenset(leaked or ()) - {key.id for key in retired}):
            raise _refusal(f"Not retired: {', '.join(refused)}.")

    @commands.command("adopt")
    def take_over(*, yes: Annotated[bool, typer.Option("--yes", help="Do not ask for confirmation.")] = False) -> None:
        """Bind the database to this environment, although it was used with other secrets."""
        if not yes:
            typer.confirm(
                "Passwords and encrypted data that the other secrets protected will be lost. Continue?",
                abort=True,
            )
        lost = asyncio.run(_adopt(build_factory()))
        print(f"The database now belongs to this environment. {_counted(len(lost), 'key')} could not be decrypted.")

    @commands.command("reseal")
    def seal_again() -> None:
        """Encrypt stored data again with the newest keys, in batches. It can be interrupted and run again."""
        done = act(lambda factory: Resealing(factory, keyed_columns(), _operator("reseal")).run())
        print(f"{_counted(done.keys, 'key')} and {_counted(done.values, 'value')} encrypted again.")
        if done.unreadable:
            raise _refusal(
                f"{_counted(done.unreadable, 'value')} could not be decrypted with any key: check ENCRYPTION_KEYS."
            )

    return commands


async def _usage(factory: UnitOfWorkFactory) -> list[KeyUsage]:
    async with factory.unit(_operator("status"), PlatformScope("secrets: status")) as work:
        return await usage(work, keyed_columns(), issued())


async def _rotate(factory: UnitOfWorkFactory, names: list[RingName]) -> Any:
    async with factory.unit(_operator("rotate"), PlatformScope("secrets: rotate")) as work:
        return await rotate(work, factory.rings, names)


async def _retire(factory: UnitOfWorkFactory, leaked: frozenset[str]) -> Any:
    async with factory.unit(_operator("retire"), PlatformScope("secrets: retire")) as work:
        return await retire(work, keyed_columns(), issued(), leaked=leaked)


async def _adopt(factory: UnitOfWorkFactory) -> list[str]:
    async with (
        factory.database,
        factory.unit(_operator("adopt"), PlatformScope("secrets: adopt")) as work,
    ):
        return await adopt(work, factory.rings)


def _operator(verb: str) -> Actor:
    """Return who runs the command, as far as the machine knows."""
    return Actor.system(f"command line: secrets {verb} by {getpass.getuser()}@{socket.gethostname()}")


def _table(keys: list[KeyUsage]) -> list[str]:
    lines = [f"{'ring':8} {'key':14} {'state':8} {'used from':20} {'age':>6}  still needed by"]
    for key in keys:
        opens = [f"{count} {form}" for form, count in key.needed_by.items()]
        if key.state is KeyState.READING and key.retires_at and key.retires_at > datetime.now(UTC):
            opens.append(f"what was issued before, until {_utc(key.retires_at)}")
        used_from = _utc(key.used_from) if key.used_from else "the start"
        words = ", ".join(opens) or "-"
        lines.append(f"{key.ring:8} {key.id:14} {key.state:8} {used_from:20} {_age(key.made_at):>6}  {words}")
    return lines


def _age(made_at: datetime | None) -> str:
    return "-" if made_at is None else f"{(datetime.now(UTC) - made_at).days} d"


def _plain(key: KeyUsage) -> dict[str, object]:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in asdict(key).items()}


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S}Z"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _refusal(sentence: str, *, code: int = 1) -> typer.Exit:
    print(sentence, file=sys.stderr)
    return typer.Exit(code)
