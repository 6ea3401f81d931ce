"""The process of our own: how it begins, and what becomes of it when its parent is gone."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from capecontrol.core.child_process import ChildProcess, ChildTooSlow

PARENT = """
import asyncio, os, time
from capecontrol.core.child_process import ChildProcess

async def main():
    child = ChildProcess(time.tzset, deadline_seconds=60)
    print(await child.run(os.getpid), flush=True)
    await asyncio.sleep(60)

if __name__ == "__main__":
    asyncio.run(main())
"""
PATIENCE_SECONDS = 20.0


def test_it_ends_with_a_parent_that_is_killed() -> None:
    """Else each killed worker leaves a renderer behind, with 200 MB."""
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
    gone, _ = psutil.wait_procs([child], timeout=PATIENCE_SECONDS)
    assert gone == [child]


def begin_when_let() -> None:
    """Wait for somebody who opens the other end of a pipe."""
    Path(os.environ["BEGINS_WITH"]).read_bytes()


@pytest.fixture
def latch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pipe: a process that begins waits until something is written into it, or dies with its test."""
    pipe = tmp_path / "latch"
    os.mkfifo(pipe)
    monkeypatch.setenv("BEGINS_WITH", str(pipe))
    return pipe


def children() -> set[int]:
    """Return the processes of our own that run."""
    return {one.pid for one in psutil.Process().children() if "spawn_main" in " ".join(one.cmdline())}


async def test_a_process_that_begins_slowly_is_not_begun_anew(latch: Path) -> None:
    """Else a machine that is busy for long makes no document at all: each attempt begins where the one before did."""
    child, others = ChildProcess(begin_when_let, deadline_seconds=1), children()
    try:
        with pytest.raises(ChildTooSlow):
            await child.run(os.getpid)
        [begun] = children() - others
        await asyncio.to_thread(latch.write_bytes, b"begin")
        child.deadline_seconds = 60
        assert await child.run(os.getpid) == begun
    finally:
        child.close()


async def test_a_process_that_never_begins_is_ended(latch: Path) -> None:
    child, others = ChildProcess(begin_when_let, deadline_seconds=1, begin_seconds=0), children()
    try:
        with pytest.raises(ChildTooSlow):
            await child.run(os.getpid)
        assert children() - others == set()
    finally:
        child.close()
