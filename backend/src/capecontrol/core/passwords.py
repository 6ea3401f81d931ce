"""Password hashes: bcrypt, in a bounded queue that yields to everything else (``hashing_queue``)."""

from functools import partial

import bcrypt

from capecontrol.core.hashing_queue import HashingQueue
from capecontrol.core.peppers import Peppers
from capecontrol.core.rings.ring import SecretKey


class PasswordHasher:
    """Hashes and checks passwords; what goes into bcrypt is the peppers' business."""

    def __init__(self, peppers: Peppers, *, rounds: int = 12) -> None:
        """Take the server's secrets and bcrypt's cost."""
        self._peppers = peppers
        self._rounds = rounds
        self._queue = HashingQueue()
        self._decoy = bcrypt.hashpw(b"nobody's password", bcrypt.gensalt(rounds))

    async def hash(self, password: str, *, source: str | None = None) -> str:
        """Return the hash of a password.

        Args:
            password: what is hashed.
            source: who asks (``Origin.source``); sources take turns.

        Raises:
            TooManyRequests: too many hashes wait.
        """
        return await self._queue.run(partial(self._hash, password, self._peppers.current), source)

    async def matches(self, password: str, hashed: str | None, *, source: str | None = None) -> bool:
        """Tell whether a password is the hashed one.

        Without a hash it takes the same time and answers False, so that nobody learns which addresses exist.

        Args:
            password: what is compared.
            hashed: with what.
            source: see ``hash``.

        Raises:
            TooManyRequests: too many hashes wait.
            KeyNotReadable: this process cannot tell which pepper it was made with.
        """
        pepper, digest = self._peppers.read(hashed) if hashed else (self._peppers.current, None)
        return await self._queue.run(partial(self._matches, password, pepper, digest), source)

    async def renewed(self, password: str, hashed: str | None) -> str | None:
        """Return a hash of a right password by the newest pepper; None when it has that or none, or when others wait.

        Those who sign in now come first: who is not moved this time is moved the next.
        """
        if hashed is None or self._queue.is_busy or self._peppers.is_newest(hashed):
            return None
        return await self.hash(password)

    def close(self) -> None:
        """Stop the thread."""
        self._queue.close()

    def _hash(self, password: str, pepper: SecretKey) -> str:
        digest = bcrypt.hashpw(self._peppers.prepare(password, pepper), bcrypt.gensalt(self._rounds))
        return self._peppers.name(digest, pepper)

    def _matches(self, password: str, pepper: SecretKey, digest: bytes | None) -> bool:
        matched = bcrypt.checkpw(self._peppers.prepare(password, pepper), digest or self._decoy)
        return matched and digest is not None
