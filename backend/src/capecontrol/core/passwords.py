"""Password hashes: bcrypt, in a bounded pool that yields to everything else.

bcrypt at cost 12 takes about a quarter of a CPU second. In the event loop, or in an unbounded pool, a storm of sign-ins
would stop all other requests; so one niced thread hashes, few may wait, and the others are told to come back.
"""

import asyncio
import base64
import hashlib
import hmac
import os
import threading
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

import bcrypt

from capecontrol.core.problems import TooManyRequests

T = TypeVar("T")

#: How many hashes may wait for the thread: with cost 12 the last one waits about a second and a half.
WAITING_MAX = 6


def _yield_to_others() -> None:
    if hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)


class PasswordHasher:
    """Hashes and checks passwords.

    The bcrypt input is the base64 of HMAC-SHA256(pepper, NFC(password)): 44 bytes, so that long passwords are neither
    cut nor refused by bcrypt's limit of 72 bytes, and a NUL in one does no harm.
    """

    def __init__(self, pepper: str, *, rounds: int = 12) -> None:
        """Take the server's secret and bcrypt's cost."""
        self._pepper = hashlib.sha256(b"password:" + pepper.encode()).digest()
        self._rounds = rounds
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="bcrypt", initializer=_yield_to_others)
        self._waiting = 0
        self._decoy = bcrypt.hashpw(b"nobody's password", bcrypt.gensalt(rounds))

    async def hash(self, password: str) -> str:
        """Return the hash of a password.

        Raises:
            TooManyRequests: too many hashes wait.
        """
        return await self._run(partial(self._hash, password))

    async def matches(self, password: str, hashed: str | None) -> bool:
        """Tell whether a password is the hashed one.

        Without a hash it takes the same time and answers False, so that nobody learns which addresses exist.
        """
        return await self._run(partial(self._matches, password, hashed))

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

    def _hash(self, password: str) -> str:
        return bcrypt.hashpw(self._prepare(password), bcrypt.gensalt(self._rounds)).decode()

    def _matches(self, password: str, hashed: str | None) -> bool:
        matched = bcrypt.checkpw(self._prepare(password), hashed.encode() if hashed else self._decoy)
        return matched and hashed is not None

    def _prepare(self, password: str) -> bytes:
        normal = unicodedata.normalize("NFC", password).encode()
        return base64.b64encode(hmac.new(self._pepper, normal, hashlib.sha256).digest())
