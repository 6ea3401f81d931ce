"""JavaScript for one run: a child process, started when first needed, killed when it takes too long."""

import asyncio
import json
import sys
from pathlib import Path

from pydantic import JsonValue

#: For one evaluation, wall clock.
EVALUATION_SECONDS = 5.0
START_SECONDS = 30.0
LINE_MAX_BYTES = 32 * 1024 * 1024


class ScriptFailed(Exception):
    """An expression or a Code node raised, or did not end in time. The text is JavaScript's message."""


class Undefined:
    """JavaScript's undefined, which JSON does not have."""


UNDEFINED = Undefined()


class JavaScript:
    """Evaluates requests in a child of its own. Close it at the end of the run."""

    def __init__(self) -> None:
        """Start nothing yet: many workflows have no expression."""
        self._child: asyncio.subprocess.Process | None = None

    async def evaluate(self, request: dict[str, JsonValue]) -> JsonValue | Undefined:
        """Return a request's value.

        Args:
            request: what ``expression.js`` reads: ``pieces`` or ``code``, and the names' data.

        Raises:
            ScriptFailed: the script raised, is no JavaScript, or took longer than five seconds.
        """
        child = self._child or await self._start()
        if child.stdin is None or child.stdout is None:
            raise ScriptFailed("The JavaScript process has no pipes")
        try:
            async with asyncio.timeout(EVALUATION_SECONDS):
                child.stdin.write(json.dumps(request).encode() + b"\n")
                await child.stdin.drain()
                line = await child.stdout.readline()
        except (TimeoutError, ConnectionError, ValueError) as error:
            await self.close()
            raise ScriptFailed("The expression did not end in time") from error
        if not line:
            await self.close()
            raise ScriptFailed("The expression used too much memory")
        answer = json.loads(line)
        if "error" in answer:
            raise ScriptFailed(str(answer["error"]))
        value: JsonValue = answer.get("value")
        return value if "value" in answer else UNDEFINED

    async def close(self) -> None:
        """Kill the child, if there is one, and wait for its end."""
        child, self._child = self._child, None
        if child is None:
            return
        if child.returncode is None:
            child.kill()
        await child.wait()

    async def _start(self) -> asyncio.subprocess.Process:
        script = Path(__file__).with_name("javascript_child.py")
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            "-I",
            str(script),
            env={},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            limit=LINE_MAX_BYTES,
        )
        self._child = child
        if child.stdout is None:
            raise ScriptFailed("The JavaScript process has no pipes")
        async with asyncio.timeout(START_SECONDS):
            ready = await child.stdout.readline()
        if ready.strip() != b"ready":
            await self.close()
            raise ScriptFailed("The JavaScript process did not start")
        return child
