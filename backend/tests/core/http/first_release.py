"""How release 0.1.0 reads the row of a key: its rule, copied from ``KeyClaim.replay`` at 9d585ae and frozen.

While this release replaces it, processes of both serve. Nobody edits this: it is what runs out there.
"""

from dataclasses import dataclass

from sqlalchemy import text

from capecontrol.core.work import UnitOfWork


@dataclass(frozen=True)
class FirstReleaseAnswer:
    """What 0.1.0 answers a request with a key that it finds."""

    status: int
    body: str


async def first_release_answer(work: UnitOfWork, key: str, content: bytes) -> FirstReleaseAnswer | None:
    """Return what 0.1.0 answers a request with this content; None where it finds no row and makes the thing."""
    statement = text("select fingerprint, status, answer from idempotency_keys where key = :key")
    stored = (await work.session.execute(statement, {"key": key})).one_or_none()
    if stored is None:
        return None
    if not work.keyring.has_fingerprint(stored.fingerprint, content):
        return FirstReleaseAnswer(422, "")
    body = work.keyring.open(stored.answer) if stored.answer else ""
    return FirstReleaseAnswer(stored.status or 200, body)
