"""Renew a session's tokens."""

import uuid
from collections.abc import Awaitable, Callable
from dataclasses import replace

from capecontrol.core.audit import Outcome
from capecontrol.core.db.scope import SignInScope
from capecontrol.core.problems import Unauthenticated
from capecontrol.core.work import Units
from capecontrol.features.identity.actions.sign_in import SignedIn
from capecontrol.features.identity.dao.refresh_tokens import RefreshTokenDao
from capecontrol.features.identity.dao.sessions import SessionDao
from capecontrol.features.identity.scopes import account_scope
from capecontrol.features.identity.token_family import TokenCopied, TokenUnknown, rotate
from capecontrol.features.identity.tokens import AccessTokens


async def refresh_session(
    units: Units, token: str, *, tokens: AccessTokens, admit: Callable[[uuid.UUID], Awaitable[None]]
) -> SignedIn:
    """Replace a refresh token by its successor and issue an access token.

    ``admit`` is told whose session it is before anything is done, with no transaction open; what it raises is raised.

    Raises:
        Unauthenticated: the token is unknown, its session ended, or it was copied (which ends the session).
    """
    async with units.open(SignInScope()) as work:
        found = await RefreshTokenDao(work).session_of(token)
    if found is None:
        raise Unauthenticated("Sign in again.")
    await admit(found.session_id)
    scope = account_scope(found.org_id)
    try:
        async with units.open(scope) as work:
            now = work.now()
            session = await SessionDao(work).renew(found.session_id, now)
            if session is None or not session.is_live(now):
                raise Unauthenticated("Sign in again.")
            # The caller showed a session's token and no name: the session's person is who acts.
            person = session.actor
            successor = await rotate(work, session, token)
            await replace(work, actor=person).record("session.renewed", resource=("session", session.session_id))
            return SignedIn(tokens.issue(session.claims, now), successor, is_remembered=session.is_remembered)
    except TokenUnknown:
        raise Unauthenticated("Sign in again.") from None
    except TokenCopied:
        # In a transaction of its own: the request's was rolled back.
        async with units.open(scope, actor=person) as work:
            await SessionDao(work).revoke(found.session_id, work.now(), "refresh token used twice")
            await work.record(
                "session.token_reused",
                resource=("session", found.session_id),
                org_id=found.org_id,
                outcome=Outcome.DENIED,
            )
        raise Unauthenticated("Sign in again.") from None
