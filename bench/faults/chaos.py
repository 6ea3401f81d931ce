"""What goes wrong during a run, each kind as often as the other, in an order that the seed decides."""

import random
import threading
from collections import Counter
from collections.abc import Callable
from functools import partial

from capecontrol.local.failure import LocalFailure
from world import World

#: How long something stays frozen: shorter and longer than what waits for it, leases included.
FROZEN_SECONDS = (1.0, 3.0, 7.0)
#: How far one process's clock goes wrong, and for how long: inside and outside the tolerance of signatures (300 s).
SKEWS_SECONDS = (-600.0, -90.0, 90.0, 600.0)
SKEWED_SECONDS = 6.0
#: How slow the outside gets, and for how long: some callers give up, others do not.
SLOW_SECONDS = (1.0, 4.0, 15.0)
SLOW_FOR_SECONDS = 8.0
FULL_SECONDS = (2.0, 5.0)
VALKEY_AWAY_SECONDS = (0.0, 0.5, 4.0)


class Chaos:
    """Hurts something every few seconds, from a thread."""

    def __init__(self, world: World, seed: int, interval_seconds: float) -> None:
        """Take what to hurt and how often."""
        self._world = world
        self._choice = random.Random(seed)
        self._interval_seconds = interval_seconds
        self.faults: Counter[str] = Counter()
        self._is_over = threading.Event()
        self._healings: list[threading.Timer] = []
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End; everything is up, awake, right and quick again when this returns."""
        self._is_over.set()
        self._thread.join(90)
        for healing in self._healings:
            healing.join(60)

    def _run(self) -> None:
        bag: list[str] = []
        while not self._is_over.wait(self._interval_seconds * self._choice.uniform(0.7, 1.3)):
            if not bag:
                bag = list(self._acts())
                self._choice.shuffle(bag)
            what = bag.pop()
            try:
                has_happened = self._acts()[what]()
            except LocalFailure as failure:
                print(f"  {what}: did not come back at once: {failure}", flush=True)
                has_happened = False
            self.faults[what] += has_happened

    def _acts(self) -> dict[str, Callable[[], bool]]:
        world = self._world
        acts: dict[str, Callable[[], bool]] = {"PostgreSQL killed": world.kill_postgres}
        for name in ("api", "worker", "scheduler"):
            acts[f"{name} killed"] = partial(world.kill_process, name, self._choice)
            acts[f"{name} frozen"] = partial(self._freeze_part, name)
        acts |= {
            "Redis killed": lambda: world.kill_valkey(self._choice.choice(VALKEY_AWAY_SECONDS)),
            "Redis flushed": world.flush_valkey,
            "Redis frozen": lambda: self._freeze(world.valkey.pid),
            "PostgreSQL frozen": lambda: self._freeze(world.postgres.pid),
            "clock wrong": self._skew,
            "n8n slow": lambda: self._slow("n8n"),
            "Stripe slow": lambda: self._slow("stripe"),
        }
        if world.disk.can_be_full:
            acts["disk full"] = self._fill
        return acts

    def _freeze(self, pid: int | None) -> bool:
        return self._world.freeze(pid, self._choice.choice(FROZEN_SECONDS))

    def _freeze_part(self, name: str) -> bool:
        part = self._world.victim(name, self._choice)
        return part is not None and self._freeze(part.pid)

    def _skew(self) -> bool:
        part = self._choice.choice(self._world.parts)
        part.clock.turn(self._choice.choice(SKEWS_SECONDS))
        self._heal_after(SKEWED_SECONDS, lambda: part.clock.turn(0))
        return True

    def _slow(self, which: str) -> bool:
        dial = self._world.slowness[which]
        dial.turn(self._choice.choice(SLOW_SECONDS))
        self._heal_after(SLOW_FOR_SECONDS, lambda: dial.turn(0))
        return True

    def _fill(self) -> bool:
        self._world.disk.fill()
        self._is_over.wait(self._choice.choice(FULL_SECONDS))
        self._world.disk.free()
        self._world.start_postgres()  # which ends itself when it cannot write its log
        return True

    def _heal_after(self, seconds: float, heal: Callable[[], None]) -> None:
        timer = threading.Timer(seconds, heal)
        timer.start()
        self._healings.append(timer)
