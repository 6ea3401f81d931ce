"""Processes of the local run, written down so that a later run finds what an earlier one left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from capecontrol.local.account import Account

POLL_SECONDS = 0.01


def wait_until(condition: Callable[[], bool], timeout_seconds: float) -> bool:
    """Poll `condition` until it holds; answers whether it did before the deadline."""
    deadline = time.monotonic() + timeout_seconds
    while not condition():
        if time.monotonic() >= deadline:
            return False
        time.sleep(POLL_SECONDS)
    return True


@dataclass(frozen=True)
class ProcessIdentity:
    """A process number together with its start time, because numbers are given out again."""

    pid: int
    started: str

    @classmethod
    def of(cls, pid: int) -> ProcessIdentity | None:
        """Look a running process up; `None` when there is none or it only waits to be reaped."""
        started = _linux_start(pid) if sys.platform.startswith("linux") else _ps_start(pid)
        return None if started is None else cls(pid, started)

    def is_running(self) -> bool:
        """Tell whether exactly this process, not a later one with its number, still runs."""
        return ProcessIdentity.of(self.pid) == self

    def end(self, first_signal: signal.Signals, grace_seconds: float, *, with_group: bool = False) -> None:
        """Signal the process, wait `grace_seconds`, then kill it, and `with_group` its process group too."""
        if self.is_running():
            _signal(self.pid, first_signal)
            if not wait_until(lambda: not self.is_running(), grace_seconds):
                _signal(self.pid, signal.SIGKILL)
                wait_until(lambda: not self.is_running(), 5)
        if with_group:
            _signal_group(self.pid, signal.SIGKILL)


class Child:
    """One child process in a session of its own, so that Ctrl-C reaches the supervisor alone."""

    def __init__(self, name: str, *, record: Path, log: Path) -> None:
        self.name = name
        self._record = record
        self._log = log
        self._popen: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The number of the process while it runs."""
        return self._popen.pid if self._popen is not None and self.is_running() else None

    @property
    def exit_code(self) -> int | None:
        """The exit code once the process has ended, negative for a signal."""
        return None if self._popen is None else self._popen.poll()

    def is_running(self) -> bool:
        """Tell whether the process has been started and has not ended."""
        return self._popen is not None and self._popen.poll() is None

    def spawn(
        self,
        command: Sequence[str],
        *,
        env: Mapping[str, str],
        cwd: Path,
        account: Account | None = None,
        standard_input: bytes | None = None,
    ) -> None:
        """Start the process; its output goes to the end of the log, its identity to the record file."""
        self._log.parent.mkdir(mode=0o700, exist_ok=True)
        with self._log.open("ab") as log:
            self._popen = subprocess.Popen(
                list(command),
                stdin=subprocess.DEVNULL if standard_input is None else subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=dict(env),
                cwd=cwd,
                start_new_session=True,
                user=None if account is None else account.uid,
                group=None if account is None else account.gid,
                extra_groups=None if account is None else [],
            )
        self._write_record(self._popen.pid)
        if standard_input is not None and self._popen.stdin is not None:
            self._popen.stdin.write(standard_input)
            self._popen.stdin.close()

    def end_left_over(self, first_signal: signal.Signals, grace_seconds: float) -> bool:
        """End the process that an earlier run wrote down and did not stop; answers whether there was one."""
        return end_recorded(self._record, first_signal, grace_seconds)

    def stop(self, first_signal: signal.Signals, grace_seconds: float) -> None:
        """Signal the process, wait, kill what is left of its group, and forget it."""
        if self._popen is None:
            return
        if self._popen.poll() is None:
            _signal(self._popen.pid, first_signal)
            try:
                self._popen.wait(grace_seconds)
            except subprocess.TimeoutExpired:
                _signal_group(self._popen.pid, signal.SIGKILL)
                self._popen.wait()
        _signal_group(self._popen.pid, signal.SIGKILL)
        self._popen = None  # the number may be given out again
        self._record.unlink(missing_ok=True)

    def kill(self) -> None:
        """Kill the process without a chance to say goodbye, as a crash would."""
        if self._popen is not None:
            _signal(self._popen.pid, signal.SIGKILL)
            self._popen.wait()

    def log_tail(self, lines: int = 12) -> str:
        """Read the end of the log, for a sentence about a failed start."""
        try:
            text = self._log.read_bytes()[-8192:].decode(errors="replace")
        except OSError:
            return ""
        return "\n".join(text.splitlines()[-lines:])

    def _write_record(self, pid: int) -> None:
        identity = ProcessIdentity.of(pid)
        started = "" if identity is None else identity.started
        temporary = self._record.with_suffix(".new")
        temporary.write_text(json.dumps({"pid": pid, "started": started}))
        temporary.replace(self._record)


def end_recorded(record: Path, first_signal: signal.Signals, grace_seconds: float) -> bool:
    """End the process that a record file names, with its group; answers whether it still ran."""
    try:
        content = json.loads(record.read_text())
        identity = ProcessIdentity(int(content["pid"]), str(content["started"]))
    except (OSError, ValueError, KeyError, TypeError):
        return False
    was_running = identity.is_running()
    if was_running:
        identity.end(first_signal, grace_seconds, with_group=True)
    record.unlink(missing_ok=True)
    return was_running


def _signal(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


def _signal_group(pid: int, number: signal.Signals) -> None:
    try:
        os.killpg(pid, number)
    except (ProcessLookupError, PermissionError):
        # macOS answers "not permitted" for a group whose members have all ended.
        return


def _linux_start(pid: int) -> str | None:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    if len(fields) < 20 or fields[0] in ("Z", "X"):
        return None
    return f"{_boot_id()}/{fields[19]}"


def _boot_id() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return ""


def _ps_start(pid: int) -> str | None:
    answer = subprocess.run(
        ["/bin/ps", "-o", "stat=,lstart=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    state, _, started = answer.stdout.strip().partition(" ")
    return None if not started or state.startswith("Z") else started.strip()


def command_line_of(pid: int) -> str:
    """Return the program and arguments of a process as one line; empty when it has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        answer = subprocess.run(
            ["/bin/ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
        )
        return answer.stdout
