"""A platform of stubs under the real run: `stub_platform.py run` supervises `stub_platform.py api|worker|…`."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

from capecontrol.local.run import run

HOME = Path(os.environ["CAPECONTROL_HOME"])


async def say_ready(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    status = b"503 Service Unavailable" if "STUB_UNREADY" in os.environ else b"200 OK"
    writer.write(b"HTTP/1.1 " + status + b"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    await writer.drain()
    writer.close()


async def serve() -> None:
    server = await asyncio.start_server(say_ready, "127.0.0.1", int(os.environ["PORT"]))
    await server.serve_forever()


def note(text: str) -> None:
    with (HOME / "notes").open("a") as notes:
        notes.write(f"{text}\n")


def main(verb: str) -> int:
    if verb == "run":
        return run((sys.executable, __file__))
    if verb == "api":
        asyncio.run(serve())
    if verb in ("db", "seed"):
        note(f"{' '.join(sys.argv[1:])} {os.environ.get('ALLOW_MIGRATIONS', '-')}")
        sys.stdout.write(f"compatible  1 to 2: {os.environ.get('STUB_COMPATIBLE', 'yes')}\n")
        return int(os.environ.get("STUB_JOB_CODE", "0"))
    if verb == "worker":
        # A grandchild that does not end by itself.
        child = subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"])
        # Renamed into place: who polls finds the number or nothing, never half of it.
        (HOME / "grandchild.new").write_text(str(child.pid))
        (HOME / "grandchild.new").replace(HOME / "grandchild")
    if verb == os.environ.get("STUB_CRASH"):
        sys.exit("the stub has crashed")
    note(f"{verb} started")
    signal.sigwait({signal.SIGTERM})
    note(f"{verb} stopped")
    return 0


if __name__ == "__main__":
    if sys.argv[1] in ("worker", "scheduler"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    sys.exit(main(sys.argv[1]))
