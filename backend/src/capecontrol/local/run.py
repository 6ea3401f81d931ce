"""`capecontrol run`: everything on this machine with one command."""

from __future__ import annotations

import errno
import http.client
import os
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from capecontrol.local.banner import ready_text
from capecontrol.local.environment import chosen_port, local_environment
from capecontrol.local.failure import LocalFailure
from capecontrol.local.home import claim_home, close_to_others, default_home, unusable
from capecontrol.local.job import Job
from capecontrol.local.lock import HomeLock
from capecontrol.local.port import LOOPBACK, is_free, taken
from capecontrol.local.postgres import EmbeddedPostgres
from capecontrol.local.progress import Progress, note_seeded
from capecontrol.local.service import PlatformService
from capecontrol.local.supervisor import Supervisor
from capecontrol.local.valkey import EmbeddedValkey
from capecontrol.main.release import COMPATIBLE_REVISIONS

PROGRAM = (sys.executable, "-m", "capecontrol")
READY_PATH = "/api/health/ready"
READY_SECONDS = 180.0
JOB_SECONDS = 300.0
CRASHES_BEFORE_READY = 3
# What a data folder answers that cannot be written to, or not any more.
UNWRITABLE = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT)
# In the order in which they start; they stop the other way round.
SERVICES = (("api", 25.0), ("worker", 20.0), ("scheduler", 10.0))


def run(program: Sequence[str] = PROGRAM) -> int:
    """Run the platform on this machine until Ctrl-C or SIGTERM; answers the exit code.

    `program` is the command line that takes the verbs `api`, `worker`, `scheduler`, `db migrate` and `seed`.
    """
    started_at = time.monotonic()
    try:
        LocalRun(given=dict(os.environ), program=program, started_at=started_at).run()
    except LocalFailure as failure:
        sys.stderr.write(f"{failure}\n")
        return 1
    except OSError as error:
        if error.errno not in UNWRITABLE:
            raise
        sys.stderr.write(f"{unusable(default_home(os.environ), error)}\n")
        return 1
    return 0


@dataclass(frozen=True)
class LocalRun:
    """One run: `given` is the person's environment, `program` the command that takes `api` or `worker`."""

    given: Mapping[str, str]
    program: Sequence[str]
    started_at: float

    def run(self) -> None:
        """Start everything, say what there is, keep it, stop it. Raises `LocalFailure`."""
        port = chosen_port(self.given)
        # For every process of the run: mailbox, logs and stand-ins hold links and secrets.
        os.umask(0o077)
        home = claim_home(default_home(self.given))
        close_to_others(home)
        environment = local_environment(home, port, self.given)
        supervisor = Supervisor()
        with HomeLock(home, environment["PUBLIC_URL"]), supervisor.listening():
            self._clear_up(home)
            if not is_free(port):
                raise taken(port)
            try:
                self._start(supervisor, home, port, environment)
                supervisor.watch()
            finally:
                if supervisor.is_stopping():
                    _say("\nStopping …")
                supervisor.stop()

    def _clear_up(self, home: Path) -> None:
        for name, _ in SERVICES:
            PlatformService(name, (), home=home, environment={}, stop_seconds=0).end_left_over()
        for log in (home / "logs").glob("*.log"):
            log.replace(log.with_suffix(".log.1"))  # what a failure quotes is of this run

    def _start(self, supervisor: Supervisor, home: Path, port: int, environment: dict[str, str]) -> None:
        if not self.given.get("REDIS_URL"):
            valkey = EmbeddedValkey(home)
            supervisor.start(valkey)
            environment["REDIS_URL"] = valkey.url
        services = [self._service(name, seconds, home, environment) for name, seconds in SERVICES]
        if self.given.get("DATABASE_URL"):
            data = None
            self._inspect_database(supervisor, home, environment)
            self._start_services(supervisor, services)
        else:
            postgres = EmbeddedPostgres(home)
            if not postgres.is_made:
                _say("Creating a local database …")
            supervisor.start(postgres)
            postgres.create_logins()
            data = postgres.data
            environment["DATABASE_URL"] = postgres.app_dsn()
            self._prepare(supervisor, postgres, home, environment, services)
        self._wait_until_ready(supervisor, services, port)
        if not supervisor.is_stopping():
            seconds = time.monotonic() - self.started_at
            address = environment["PUBLIC_URL"]
            _say(ready_text(home=home, address=address, seconds=seconds, given=self.given, data=data))

    def _prepare(
        self,
        supervisor: Supervisor,
        postgres: EmbeddedPostgres,
        home: Path,
        environment: Mapping[str, str],
        services: Sequence[PlatformService],
    ) -> None:
        newest = COMPATIBLE_REVISIONS[1]
        progress = Progress.of(postgres)
        if progress.revision != newest:
            # The conscious call that migrations ask for; it is made for the embedded database only.
            allowed = {**environment, "ALLOW_MIGRATIONS": "1", "MIGRATIONS_DATABASE_URL": postgres.owner_dsn()}
            self._finish(supervisor, self._job("migrate", ("db", "migrate"), home, allowed), ())
        if progress.seeded_revision == newest:
            self._start_services(supervisor, services)
            return
        # The seed and the processes start up side by side; all take their time to import the platform.
        self._finish(supervisor, self._job("seed", ("seed",), home, environment), services)
        if not supervisor.is_stopping():
            note_seeded(postgres, newest)

    def _inspect_database(self, supervisor: Supervisor, home: Path, environment: Mapping[str, str]) -> None:
        # Migrating a database that is somebody's own takes that person's word.
        status = self._finish(supervisor, self._job("status", ("db", "status"), home, environment), ())
        if status.endswith(": no"):
            raise LocalFailure(
                "This release doesn't run on the schema of the database in DATABASE_URL: run "
                "`CAPECONTROL_ENV=local ALLOW_MIGRATIONS=1 .venv/bin/capecontrol db migrate` to update it."
            )

    def _start_services(self, supervisor: Supervisor, services: Sequence[PlatformService]) -> None:
        for service in services:
            if not supervisor.is_stopping():
                supervisor.start(service)

    def _finish(self, supervisor: Supervisor, job: Job, meanwhile: Sequence[PlatformService]) -> str:
        if supervisor.is_stopping():
            return ""
        job.start()
        try:
            self._start_services(supervisor, meanwhile)
            supervisor.wait_for(lambda: not job.is_running(), JOB_SECONDS)
            return "" if supervisor.is_stopping() else job.finish()
        finally:
            job.stop()

    def _job(self, name: str, verb: Sequence[str], home: Path, environment: Mapping[str, str]) -> Job:
        return Job(name, (*self.program, *verb), home=home, environment=environment)

    def _service(self, name: str, stop_seconds: float, home: Path, environment: Mapping[str, str]) -> PlatformService:
        command = (*self.program, name)
        return PlatformService(name, command, home=home, environment=environment, stop_seconds=stop_seconds)

    def _wait_until_ready(self, supervisor: Supervisor, services: Sequence[PlatformService], port: int) -> None:
        def is_ready_or_hopeless() -> bool:
            return _is_ready(port) or supervisor.most_crashes() >= CRASHES_BEFORE_READY

        supervisor.wait_for(is_ready_or_hopeless, READY_SECONDS)
        if supervisor.is_stopping() or _is_ready(port):
            return
        crashed = [service for service in services if service.name in supervisor.crashes()]
        words = "\n".join(f"--- {service.name}\n{service.log_tail()}" for service in crashed or services)
        raise LocalFailure(f"CapeControl did not become ready; the logs end with:\n{words}")


def _is_ready(port: int) -> bool:
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=5)
    try:
        connection.request("GET", READY_PATH)
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    # The same as `capecontrol run` without first importing all that the other verbs need.
    sys.exit(run())
