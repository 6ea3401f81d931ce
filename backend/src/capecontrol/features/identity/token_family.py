"""Refresh tokens: a token family for each session, where each token is good once.

A token that was just replaced answers with the same successor for a moment, because two tabs may ask at once or an
answer may get lost. Any other second use means that the token was copied: the session ends.
"""

import base64
import hashlib
import uuid
from datetime import timedelta

from cryptography.fernet import Fernet

from capecontrol.core.crypto import digest, new_secret
from capecontrol.core.ids import new_id
from capecontrol.core.work import UnitOfWork
from capecontrol.features.identity.dao.refresh_tokens import RefreshTokenDao
from capecontrol.features.identity.models import RefreshToken, UserSession
from capecontrol.features.identity.renewed_session import RenewedSession

#: How long a replaced token still answers with its successor.
REPLAY_WINDOW = timedelta(seconds=10)


class TokenUnknown(Exception):
    """A refresh token is none of the session's."""


class TokenCopied(Exception):
    """A refresh token was used a second time, too late or too often."""


def _lock(token: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"successor:" + token.encode()).digest()))


def begin_family(work: UnitOfWork, session: UserSession) -> str:
    """Return the first token of a session that is made."""
    token = new_secret()
    RefreshTokenDao(work).add_last(_row(session.id, session.org_id, token))
    return token


async def rotate(work: UnitOfWork, session: RenewedSession, token: str) -> str:
    """Return the successor of a token. The session's row must be locked: it serializes its family.

    Raises:
        TokenUnknown: the session has no such token.
        TokenCopied: the token has had its successor, and this is no mere repetition.
    """
    now, dao = work.now(), RefreshTokenDao(work)
    successor = new_secret()
    sealed = _lock(token).encrypt(successor.encode()).decode()
    if await dao.use(token, successor=_row(session.session_id, session.org_id, successor), sealed=sealed):
        return successor
    row = await dao.of_session(session.session_id, token)
    if row is None or row.used_at is None:
        raise TokenUnknown()
    following = await dao.get(row.successor_id) if row.successor_id else None
    if following is None or following.used_at is not None or now - row.used_at > REPLAY_WINDOW or not row.successor:
        raise TokenCopied(str(row.id))
    return _lock(token).decrypt(row.successor.encode()).decode()


def _row(session_id: uuid.UUID, org_id: uuid.UUID | None, token: str) -> RefreshToken:
    return RefreshToken(id=new_id(), org_id=org_id, session_id=session_id, token_hash=digest(token))
