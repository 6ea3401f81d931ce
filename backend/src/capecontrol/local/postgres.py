"""An embedded PostgreSQL: one cluster in one folder, on the loopback address only."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from capecontrol.local.account import Account
from capecontrol.local.failure import LocalFailure
from capecontrol.local.home import make_home, place_for, reset_command
from capecontrol.local.port import LOOPBACK, PortTakenError, free_port
from capecontrol.local.postgres_logins import APP_DATABASE, APP_LOGIN, CREATE_LOGINS, OWNER_LOGIN
from capecontrol.local.postgres_programs import PostgresPrograms
from capecontrol.local.private_file import read_private, write_private
from capecontrol.local.process import Child, ProcessIdentity, command_line_of, wait_until

SUPERUSER = "postgres"
START_SECONDS = 30.0
STOP_SECONDS = 20.0
STOP_SIGNALS = {"smart": signal.SIGTERM, "fast": signal.SIGINT, "immediate": signal.SIGQUIT}
FORGETFUL_SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class EmbeddedPostgres:
    """A PostgreSQL server with a superuser of its own, the owner of the schema and the application's login.

    `durable=False` is for tests: a crash of the machine may then lose the cluster, one of the server not.
    """

    def __init__(self, home: Path, *, durable: bool = True) -> None:
        self._home = make_home(home)
        self._is_durable = durable
        self._secret_path = self._home / "postgres.json"
        self._secret = read_private(self._secret_path)
        self._port: int | None = None
        self._child = Child("postgres", record=self._home / "postgres.pid", log=self._home / "logs" / "postgres.log")
        self._data = Path(self._secret.get("data", str(self._home / "postgres")))
        self._account = Account.for_database(self._data)
        self._installed = PostgresPrograms.installed()
        self._programs = self._installed.reachable_by(self._account)

    @property
    def port(self) -> int:
        """The TCP port on 127.0.0.1; known once the server has started."""
        if self._port is None:
            raise LocalFailure("The embedded PostgreSQL has not been started.")
        return self._port

    @property
    def data(self) -> Path:
        """The folder that holds the cluster; outside `home` when the database's account cannot reach that."""
        return self._data

    @property
    def is_made(self) -> bool:
        """Tell whether there is a cluster already."""
        return self._data.exists()

    @property
    def pid(self) -> int | None:
        """The process number of the server while it runs."""
        return self._child.pid

    @property
    def superuser_dsn(self) -> str:
        """The URL of the cluster's superuser; neither migrations nor the application use it."""
        return self._dsn(SUPERUSER, self._secret["superuser_password"], "postgres")

    def app_dsn(self, database: str = APP_DATABASE) -> str:
        """Build the URL of the login that the platform runs as, for one database."""
        return self._dsn(APP_LOGIN, self._secret["running_password"], database)

    def owner_dsn(self, database: str = APP_DATABASE) -> str:
        """Build the URL of the login that owns the schema and migrates it, for one database."""
        return self._dsn(OWNER_LOGIN, self._secret["app_password"], database)

    @property
    def name(self) -> str:
        """The name that its log carries."""
        return self._child.name

    def is_running(self) -> bool:
        """Tell whether the server that this object started still runs."""
        return self._child.is_running()

    def start(self) -> None:
        """Start the server and return when it accepts connections; makes the cluster the first time.

        A server that an earlier run left behind in this folder is stopped first. A second `start` of the
        same object uses the same port, so that clients find the server again. Raises `LocalFailure`.
        """
        if self.is_running():
            return
        self._end_left_over()
        self._check_version()
        if not self._data.exists():
            self._make_cluster()
        if self._port is not None:
            self._launch(self._port)
            return
        preferred = self._secret.get("port")
        for attempt in range(5):
            port = free_port(int(preferred) if preferred and attempt == 0 else None)
            try:
                self._launch(port)
            except PortTakenError:
                continue
            self._port = port
            self._save(port=str(port))
            return
        raise LocalFailure("The embedded PostgreSQL found no free port on 127.0.0.1.")

    def stop(self, mode: Literal["smart", "fast", "immediate"] = "fast") -> None:
        """Stop the server: `fast` ends sessions and saves, `immediate` recovers at the next start."""
        self._child.stop(STOP_SIGNALS[mode], STOP_SECONDS)

    def kill(self) -> None:
        """Kill the server's main process as a crash would; the next `start` recovers from the log."""
        self._child.kill()

    def destroy(self) -> None:
        """Stop the server and remove the cluster with all its data."""
        self.stop("immediate")
        self._end_left_over()
        shutil.rmtree(self._data, ignore_errors=True)
        if self._data.parent != self._home:
            shutil.rmtree(self._data.parent, ignore_errors=True)
        self._secret_path.unlink(missing_ok=True)

    def create_logins(self) -> None:
        """Create the logins, the roles that they take on and the database where they are missing.

        The owner may create roles, as migrations do; the platform's login may change nothing of the schema. Neither
        inherits a role, is a superuser or can bypass row-level security.
        """
        if "running_password" not in self._secret:
            self._save(running_password=secrets.token_urlsafe(24))
        passwords = {"owner_password": self._secret["app_password"], "app_password": self._secret["running_password"]}
        self.run_sql(CREATE_LOGINS, **passwords)

    def run_sql(self, script: str, *, database: str = "postgres", **variables: str) -> str:
        """Run a psql script as the superuser, `:'name'` quoting a variable; answers unaligned rows."""
        settings = "".join(f"\\set {name} '{value}'\n" for name, value in variables.items())
        return self._as_superuser("psql", "-qXAt", "-v", "ON_ERROR_STOP=1", "-d", database, words=settings + script)

    def dump_schema(self, database: str = APP_DATABASE) -> str:
        """Return what `pg_dump` tells of a database's schema: roles' grants and policies included, owners not.

        Partitions are left out: which there are depends on the day.
        """
        left_out = ("--exclude-table=alembic_version", "--exclude-table=partitions.*")
        options = ("--schema-only", "--no-owner", "--restrict-key=schema", *left_out)
        return self._as_superuser("pg_dump", *options, "-d", database)

    def _as_superuser(self, program: str, *options: str, words: str = "") -> str:
        answer = subprocess.run(
            [self._installed.path(program), *options],
            input=words,
            env=_plain_environment()
            | {"PGHOST": LOOPBACK, "PGPORT": str(self.port), "PGUSER": SUPERUSER}
            | {"PGPASSWORD": self._secret["superuser_password"]},
            capture_output=True,
            text=True,
            check=False,
        )
        if answer.returncode != 0:
            raise LocalFailure(f"The embedded PostgreSQL refused a statement: {answer.stderr.strip()}")
        return answer.stdout.strip()

    def _dsn(self, user: str, password: str, database: str) -> str:
        place = f"{LOOPBACK}:{self.port}/{quote(database)}"
        return f"postgresql+asyncpg://{user}:{quote(password, safe='')}@{place}"

    def _check_version(self) -> None:
        marker = self._data / "PG_VERSION"
        if not self._data.exists():
            return
        found = marker.read_text().strip() if marker.exists() else "an unknown version"
        if found != self._programs.major:
            raise LocalFailure(
                f"The local database in {self._data} was made by PostgreSQL {found}, and this is PostgreSQL "
                f"{self._programs.major}: `{reset_command(self._home)}` deletes all local data, and the next run "
                "creates a new database."
            )
        if "superuser_password" not in self._secret or "app_password" not in self._secret:
            raise LocalFailure(
                f"The passwords of the local database in {self._data} are lost: `{reset_command(self._home)}` deletes "
                "all local data, and the next run creates a new database."
            )

    def _make_cluster(self) -> None:
        self._data = place_for(self._home, self._account) / "postgres"
        self._secret = {}
        self._save(
            superuser_password=secrets.token_urlsafe(24),
            app_password=secrets.token_urlsafe(24),
            data=str(self._data),
        )
        # A cluster that an interrupted run left half made never gets the final name.
        unfinished = self._data.with_name("postgres.new")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        password_file = self._data.with_name("postgres.password")
        password_file.unlink(missing_ok=True)
        descriptor = os.open(password_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "w") as file:
                file.write(self._secret["superuser_password"])
            if self._account is not None:
                os.chown(password_file, self._account.uid, self._account.gid)
                os.chown(unfinished, self._account.uid, self._account.gid)
            answer = subprocess.run(
                [self._programs.path("initdb"), "-D", str(unfinished), "-U", SUPERUSER]
                + ["--auth=scram-sha-256", f"--pwfile={password_file}", "-E", "UTF8", *_locale()]
                + ([] if self._is_durable else ["--no-sync"]),
                env=_plain_environment(),
                cwd="/",
                capture_output=True,
                text=True,
                check=False,
                user=None if self._account is None else self._account.uid,
                group=None if self._account is None else self._account.gid,
                extra_groups=None if self._account is None else [],
            )
        finally:
            password_file.unlink(missing_ok=True)
        if answer.returncode != 0:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise LocalFailure(f"PostgreSQL could not make its data folder {self._data}: {answer.stderr.strip()}")
        unfinished.rename(self._data)

    def _launch(self, port: int) -> None:
        deadline = time.monotonic() + START_SECONDS
        while True:
            log_start = self._log_size()
            where = ("-D", str(self._data), "-h", LOOPBACK, "-p", str(port), "-k", "")
            self._child.spawn(
                [self._programs.path("postgres"), *where, *self._settings()],
                env=_plain_environment(),
                cwd=Path("/"),
                account=self._account,
            )
            wait_until(lambda: self._is_ready() or not self.is_running(), deadline - time.monotonic())
            if self._is_ready():
                return
            words = self._log_since(log_start)
            self._child.stop(signal.SIGQUIT, STOP_SECONDS)
            if "could not bind" in words:
                raise PortTakenError
            # The sessions of a killed server may outlive it for a moment and hold its shared memory.
            if "pre-existing shared memory block" not in words or time.monotonic() > deadline:
                raise LocalFailure(f"The embedded PostgreSQL did not start; its log ends with:\n{words.strip()}")
            wait_until(lambda: False, 0.1)

    def _settings(self) -> tuple[str, ...]:
        settings: tuple[str, ...] = (
            "max_connections=200",
            "timezone=UTC",
            "log_timezone=UTC",
            "password_encryption=scram-sha-256",
        )
        if not self._is_durable:
            settings += FORGETFUL_SETTINGS
        return tuple(word for setting in settings for word in ("-c", setting))

    def _is_ready(self) -> bool:
        # The eighth line of the pid file is how PostgreSQL tells pg_ctl of its state.
        lines = self._pid_file_lines()
        return len(lines) >= 8 and lines[0].strip() == str(self._child.pid) and lines[7].strip() == "ready"

    def _pid_file_lines(self) -> list[str]:
        try:
            return (self._data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return []

    def _end_left_over(self) -> None:
        self._child.end_left_over(signal.SIGINT, STOP_SECONDS)
        lines = self._pid_file_lines()
        if not lines:
            return
        identity = ProcessIdentity.of(int(lines[0])) if lines[0].strip().isdigit() else None
        if identity is not None and str(self._data) in command_line_of(identity.pid):
            identity.end(signal.SIGINT, STOP_SECONDS)
        # After a crash the number may belong to anything by now, and PostgreSQL would take that for itself.
        (self._data / "postmaster.pid").unlink(missing_ok=True)

    def _log_size(self) -> int:
        log = self._home / "logs" / "postgres.log"
        return log.stat().st_size if log.exists() else 0

    def _log_since(self, offset: int) -> str:
        with (self._home / "logs" / "postgres.log").open("rb") as log:
            log.seek(offset)
            return log.read().decode(errors="replace")

    def _save(self, **values: str) -> None:
        self._secret = self._secret | values
        write_private(self._secret_path, self._secret)


def _plain_environment() -> dict[str, str]:
    # Nothing like PGPORT of the person's shell may reach the embedded server, and its messages are read here.
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}


def _locale() -> tuple[str, ...]:
    # PostgreSQL's own C.UTF-8 sorts and folds alike on every machine; the C library's only classifies.
    classes = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
    return ("--locale=C", f"--lc-ctype={classes}", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
