"""Worker and scheduler of the stage as processes that tests kill, freeze and stop."""

import asyncio
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

BACKEND = Path(__file__).parents[2]


class Processes:
    """Starts processes of the stage and ends them with the test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.children: list[subprocess.Popen[bytes]] = []

    def start(self, process: str) -> "subprocess.Popen[bytes]":
        with (self.folder / f"{process}-{len(self.children)}.log").open("wb") as log:
            child = subprocess.Popen(
                [sys.executable, "-m", "tests.main.staged", process, str(self.folder)],
                cwd=BACKEND, stdout=log, stderr=log,
            )  # fmt: skip
        self.children.append(child)
        return child

    def hold(self, name: str = "hold") -> None:
        (self.folder / name).touch()

    def release(self, name: str = "hold") -> None:
        (self.folder / name).unlink()

    def attempts(self) -> list[str]:
        file = self.folder / "attempts"
        return file.read_text().splitlines() if file.exists() else []

    def words(self) -> str:
        return "\n".join(log.read_text() for log in self.folder.glob("*.log"))


async def until(condition: Callable[[], Awaitable[bool]], seconds: float = 90) -> None:
    """Return when the condition holds."""
    async with asyncio.timeout(seconds):
        while True:
            if await condition():
                return
            await asyncio.sleep(0.05)
