"""The process that evaluates expressions: QuickJS, a line of JSON in, a line of JSON out.

A script, started without any environment: an expression can reach neither files nor settings, and one that never
ends is killed from outside.
"""

import json
import resource
import sys
from pathlib import Path

from dukpy import JSInterpreter, JSRuntimeError

MEMORY_BYTES = 1024 * 1024 * 1024


def answer(program: str, line: str) -> str:
    """Return the JSON of ``{"value": …}`` (without it: undefined) or ``{"error": …}`` for one request."""
    try:
        return str(JSInterpreter().evaljs(program, request=json.loads(line)))
    except JSRuntimeError as error:
        return json.dumps({"error": str(error).splitlines()[0][:300]})


def serve() -> None:
    """Answer requests until the other side closes."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    program = (Path(__file__).parent / "expression.js").read_text(encoding="utf-8")
    say("ready")
    for line in sys.stdin:
        say(answer(program, line))


def say(text: str) -> None:
    """Write a line and send it off."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    serve()
