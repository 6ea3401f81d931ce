"""A large installation: servers and settings below a folder, kept from one bench to the next."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.load.checkout import HERE, Checkout, fresh_settings
from capecontrol.local.postgres import EmbeddedPostgres
from capecontrol.local.valkey import EmbeddedValkey

#: Settings that say where the servers are: of this start, never of the one before.
OF_THIS_START = ("PATH", "DATABASE_URL", "REDIS_URL")


def default_home() -> Path:
    """Return the folder of the large installations: BENCH_HOME, else `.bench` in the checkout."""
    return Path(os.environ.get("BENCH_HOME") or HERE / ".bench")


@dataclass(frozen=True)
class Installation:
    """Its servers while they run, and the settings of its processes."""

    home: Path
    postgres: EmbeddedPostgres
    valkey: EmbeddedValkey
    settings: dict[str, str]

    @property
    def shape(self) -> dict[str, int]:
        """Return what it was seeded with."""
        return {name: int(value) for name, value in json.loads((self.home / "seeded.json").read_text()).items()}

    def note_seeded(self, **shape: int) -> None:
        """Write down what it was seeded with; until then it is no large installation."""
        (self.home / "seeded.json").write_text(json.dumps(shape))


@contextmanager
def opened(home: Path, checkout: Checkout, *, durable: bool = True) -> Iterator[Installation]:
    """Run the servers of an installation for the length of the block, on the checkout's schema; the data stays."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    postgres, valkey = EmbeddedPostgres(home, durable=durable), EmbeddedValkey(home)
    try:
        postgres.start()
        postgres.create_logins()
        valkey.start()
        settings = _kept(home, fresh_settings(home, database_url=postgres.app_dsn(), redis_url=valkey.url))
        checkout.migrate(postgres.owner_dsn(), settings)
        yield Installation(home, postgres, valkey, settings)
    finally:
        valkey.stop()
        postgres.stop()


def remove(home: Path) -> None:
    """Remove an installation with its data, wherever its cluster lives."""
    if home.exists():
        EmbeddedPostgres(home).destroy()
        shutil.rmtree(home)


def _kept(home: Path, fresh: dict[str, str]) -> dict[str, str]:
    """Return the settings with the secrets of the first start: hashes and sealed values depend on them."""
    path = home / "settings.json"
    settings = json.loads(path.read_text()) if path.exists() else fresh
    settings = {**fresh, **settings, **{name: fresh[name] for name in OF_THIS_START}}
    path.touch(mode=0o600)
    path.write_text(json.dumps(settings))
    return settings
