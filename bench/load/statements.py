"""How long statements take, by PostgreSQL's own log: a sample of all, and each that takes long."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from capecontrol.local.postgres import EmbeddedPostgres

#: One statement in fifty: enough for a p99 within seconds, too few to slow anything.
SAMPLE = 0.02
SLOW_MS = 100
SWITCHED_ON = f"""
alter system set log_min_duration_sample = 0;
alter system set log_statement_sample_rate = {SAMPLE};
alter system set log_min_duration_statement = {SLOW_MS};
select pg_reload_conf();
"""
SWITCHED_OFF = """
alter system reset log_min_duration_sample;
alter system reset log_statement_sample_rate;
alter system reset log_min_duration_statement;
select pg_reload_conf();
"""
LINE = re.compile(r"duration: ([\d.]+) ms  (parse|bind|execute|statement)[^:]*:\s*(\S.*)")


@dataclass
class Statements:
    """Milliseconds of sampled statements, by what the server did; and the slow ones, counted by their beginning."""

    milliseconds: dict[str, list[float]] = field(default_factory=dict)
    slow: Counter[str] = field(default_factory=Counter)

    def p99(self, *acts: str) -> float:
        """Return the 99th percentile of some acts: each of the sample stands for many, each slow one for itself."""
        weights = [
            (one, 1.0 if one >= SLOW_MS else 1 / SAMPLE) for act in acts for one in self.milliseconds.get(act, [])
        ]
        left = 0.01 * sum(weight for _, weight in weights)
        for one, weight in sorted(weights, reverse=True):
            left -= weight
            if left <= 0:
                return one
        return float("nan")

    @property
    def count(self) -> int:
        """How many of those that were executed are in the sample."""
        return sum(len(self.milliseconds.get(act, [])) for act in ("execute", "statement"))


@contextmanager
def sampled(postgres: EmbeddedPostgres, home: Path) -> Iterator[Statements]:
    """Sample for the length of the block; the figures are there afterwards."""
    log, found = home / "logs" / "postgres.log", Statements()
    postgres.run_sql(SWITCHED_ON)
    offset = log.stat().st_size
    try:
        yield found
    finally:
        postgres.run_sql(SWITCHED_OFF)
        with log.open("rb") as lines:
            lines.seek(offset)
            for match in LINE.finditer(lines.read().decode(errors="replace")):
                _note(found, float(match[1]), match[2], match[3])


def _note(found: Statements, milliseconds: float, act: str, words: str) -> None:
    if milliseconds >= SLOW_MS:
        found.slow[words[:100]] += 1
    found.milliseconds.setdefault(act, []).append(milliseconds)
