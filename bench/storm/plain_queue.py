"""The control: the API with one plain queue of sign-ins for everybody, as it was. The bench must find it out.

`python -m bench.storm.plain_queue api` instead of `capecontrol api`.
"""

from collections.abc import Callable
from typing import TypeVar

from capecontrol.cli.commands import main
from capecontrol.core import passwords
from capecontrol.core.hashing_queue import HashingQueue

T = TypeVar("T")


class PlainQueue(HashingQueue):
    """Six places, first come, first served."""

    async def run(self, work: Callable[[], T], source: str | None = None) -> T:
        """Forget who asks."""
        del source
        return await super().run(work, "everybody")


if __name__ == "__main__":
    vars(passwords)["HashingQueue"] = PlainQueue
    main()
