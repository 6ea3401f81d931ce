"""``capecontrol health worker | scheduler | api``: the health check of a container whose process has no door."""

import asyncio
import socket
from typing import Annotated

import typer

from capecontrol.core.processes import ProcessKind


def check_health(
    kind: Annotated[ProcessKind, typer.Argument(help="The kind of process on this machine or container.")],
    redis_url: Annotated[str, typer.Option(envvar="REDIS_URL", show_default=False, help="redis://host:port/0")],
) -> None:
    """Fail when no process of a kind has shown a sign of life on this machine for fifteen seconds.

    While Redis does not answer nobody can tell, and the check passes: deliveries go on without Redis, and whoever
    restarted healthy workers for its sake would end what they do.
    """
    from capecontrol.main.process_directory import open_directory

    async def living() -> list[float] | None:
        async with open_directory(redis_url) as directory:
            found = await directory.processes()
        if found is None:
            return None
        here = socket.gethostname()
        return [
            process.silent_seconds
            for process in found
            if (process.kind, process.host) == (kind, here) and process.is_alive
        ]

    silences = asyncio.run(living())
    if silences is None:
        typer.echo("Redis isn't responding, so the state of the process is unknown.")
    elif not silences:
        typer.echo(f"No {kind} on this machine has sent a heartbeat in the last 15 seconds.", err=True)
        raise typer.Exit(1)
    else:
        typer.echo(f"The {kind} sent a heartbeat {min(silences):.0f} s ago.")
