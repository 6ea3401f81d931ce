"""Why a key is refused."""

from typing import ClassVar

from capecontrol.core.problems import Conflict, Invalid


class KeyReused(Invalid):
    """The key was used before, for something else."""

    slug: ClassVar[str] = "request/idempotency-key-reused"
    title: ClassVar[str] = "This Idempotency-Key was used for another request"


class KeyInUse(Conflict):
    """The first request with the key is still under way."""

    slug: ClassVar[str] = "request/idempotency-key-in-use"
    title: ClassVar[str] = "The first request with this Idempotency-Key is still in progress"

    def __init__(self) -> None:
        """Say when to come back."""
        super().__init__("Send it again in a moment to get its response.")
        self.headers["Retry-After"] = "1"
