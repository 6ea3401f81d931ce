"""What goes on for a moment after whoever began it has left."""

import asyncio
from collections.abc import Coroutine
from typing import Any


class Lingering:
    """Short pieces of work that nobody waits for, until all of it has to be over."""

    def __init__(self) -> None:
        """Begin with none."""
        # The loop itself holds a task by a weak reference only.
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Begin a piece of work at the loop's next turn."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def ended(self) -> None:
        """Wait until all that was begun has ended."""
        while self._tasks:
            await asyncio.wait(self._tasks)
