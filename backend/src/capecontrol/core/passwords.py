"""Password hashes: bcrypt, in a bounded pool that yields to everything else.

bcrypt at cost 12 takes about a quarter of a CPU second. In the event loop, or in an unbounded pool, a storm of sign-ins
would stop all other requests; so one niced thread hashes, few may wait, and the others are told to come back.
"""

import asyncio
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

import bcrypt

from capecontrol.core.peppers import Peppers
from capecontrol.core.problems import TooManyRequests
from capecontrol.core.rings.ring import SecretKey

T = TypeVar("T")

#: How many hashes may wait for the thread: with cost 12 the last one waits about a second and a half.
WAITING_MAX = 6


def _yield_to_others() -> None:
    if hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)


class PasswordHasher:
    """Hashes and checks passwords; what goes into bcrypt is the peppers' business."""

    def __init__(self, peppers: Peppers, *, rounds: int = 12) -> None:
        """Take the server's secrets and bcrypt's cost."""
        self._peppers = peppers
        self._rounds = rounds
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="bcrypt", initializer=_yield_to_others)
        self._waiting = 0
        self._decoy = bcrypt.hashpw(b"nobody's password", bcrypt.gensalt(rounds))

    async def hash(self, password: str) -> str:
        """Return the hash of a password.

        Raises:
            TooManyRequests: too many hashes wait.
        """
        return await self._run(partial(self._hash, password, self._peppers.current))

    async def matches(self, password: str, hashed: str | None) -> bool:
        """Tell whether a password is the hashed one.

        Without a hash it takes the same time and answers False, so that nobody learns which addresses exist.

        Raises:
            TooManyRequests: too many hashes wait.
            KeyNotReadable: this process cannot tell which pepper it was made with.
        """
        pepper, digest = self._peppers.read(hashed) if hashed else (self._peppers.current, None)
        return await self._run(partial(self._matches, password, pepper, digest))

    async def renewed(self, password: str, hashed: str) -> str | None:
        """Return a hash of a right password by the newest pepper; None when it has that, or when others wait.

        Those who sign in now come first: who is not moved this time is moved the next.
        """
        if self._waiting or self._peppers.is_newest(hashed):
            return None
        return await self.hash(password)

    def close(self) -> None:
        """Stop the thread."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def _run(self, work: "partial[T]") -> T:
        if self._waiting >= WAITING_MAX:
            raise TooManyRequests("Many people are signing in right now; try again in a moment.", retry_after_seconds=2)
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, work)
        finally:
            self._waiting -= 1

    def _hash(self, password: str, pepper: SecretKey) -> str:
        digest = bcrypt.hashpw(self._peppers.prepare(password, pepper), bcrypt.gensalt(self._rounds))
        return self._peppers.name(digest, pepper)

    def _matches(self, password: str, pepper: SecretKey, digest: bytes | None) -> bool:
        matched = bcrypt.checkpw(self._peppers.prepare(password, pepper), digest or self._decoy)
        return matched and digest is not None
