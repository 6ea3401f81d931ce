"""An open loop: requests start when people come, not when the server is done with those before.

Arrivals are Poisson. A latency counts from the intended start, so that a stalled server is charged for everybody who
had to wait (source: Gil Tene, "How not to measure latency"), and so is a late generator.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bench.load.connection import Answer, Connections, Request

PATIENCE_SECONDS = 30.0
#: More at once means that the server has fallen behind for good: the rest of the phase would tell nothing more.
WAITING_MAX = 2000

#: What to do once a request is over: with its answer when that is good (it may bring tokens), and else with None.
Follow = Callable[[Answer | None], None]
#: Draws the next request; None when the draw found nobody free.
Draw = Callable[[], "tuple[Request, Follow | None]"]


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value that a share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


@dataclass(frozen=True, slots=True)
class Moment:
    """One request on the clock of ``perf_counter``: when it was due, when it was over, and whether it went well."""

    due: float
    over: float
    is_good: bool


@dataclass
class Figures:
    """What a phase found: latencies in seconds by request, and what went wrong."""

    seconds: float = 0.0
    latencies: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: Counter[str] = field(default_factory=Counter)
    moments: list[Moment] = field(default_factory=list)
    is_cut_short: bool = False

    @property
    def all(self) -> list[float]:
        """All latencies."""
        return [latency for latencies in self.latencies.values() for latency in latencies]

    def milliseconds(self, share: float, name: str | None = None) -> float:
        """Return a quantile of all requests, or of those of a name."""
        return 1000 * quantile(self.all if name is None else self.latencies[name], share)


class OpenLoop:
    """Sends what it draws, at a rate, to servers in turn."""

    def __init__(self, servers: Sequence[Connections], draw: Draw, seed: int) -> None:
        self._servers = servers
        self._draw = draw
        self._dice = random.Random(seed)
        self._waiting = 0
        self._turn = 0

    async def run(self, per_second: float, seconds: float, figures: Figures | None = None) -> Figures:
        """Send at a rate for a while, wait for the answers, and return the figures: those given, or new ones."""
        figures, tasks = figures or Figures(), set[asyncio.Task[None]]()
        began = time.perf_counter()
        due = began
        while True:
            due += self._dice.expovariate(per_second)
            if due > began + seconds:
                break
            if (wait := due - time.perf_counter()) > 0:
                await asyncio.sleep(wait)
            if self._waiting > WAITING_MAX:
                figures.is_cut_short = True
                break
            request, follow = self._draw()
            task = asyncio.create_task(self._send(request, follow, due, figures))
            tasks.add(task)
            task.add_done_callback(tasks.discard)
        figures.seconds = time.perf_counter() - began
        if tasks:
            await asyncio.wait(tasks)
        return figures

    async def _send(self, request: Request, follow: Follow | None, due: float, figures: Figures) -> None:
        self._turn += 1
        server = self._servers[self._turn % len(self._servers)]
        self._waiting += 1
        good: Answer | None = None
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                answer = await server.ask(request)
        except (OSError, EOFError, TimeoutError) as error:
            figures.errors[f"{request.name}: {type(error).__name__}"] += 1
            figures.moments.append(Moment(due, time.perf_counter(), is_good=False))
        else:
            over = time.perf_counter()
            figures.latencies[request.name].append(over - due)
            figures.moments.append(Moment(due, over, answer.is_success))
            if answer.is_success:
                good = answer
            else:
                figures.errors[f"{request.name}: {answer.status} {answer.body[:120].decode(errors='replace')}"] += 1
        finally:
            self._waiting -= 1
            if follow is not None:
                follow(good)
