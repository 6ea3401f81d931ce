"""Renew a session's tokens."""

import uuid
from collections.abc import Awaitable, Callable
from dataclasses import replace

from capecontrol.core.actor import Actor
from capecontrol.core.audit import Outcome
from capecontrol.core.db.scope import SignInScope
from capecontrol.core.problems import Unauthenticated
from capecontrol.core.work import Units
from capecontrol.features.identity.actions.sign_in import SignedIn, access_token_for
from capecontrol.features.identity.dao import RefreshTokenDao, SessionDao, UserDao
from capecontrol.features.identity.models import UserStatus
from capecontrol.features.identity.scopes import account_scope
from capecontrol.features.identity.token_family import TokenCopied, rotate
from capecontrol.features.identity.tokens import AccessTokens
from capecontrol.features.organizations.interface import get_organization


async def refresh_session(
    units: Units, token: str, *, tokens: AccessTokens, admit: Callable[[uuid.UUID], Awaitable[None]]
) -> SignedIn:
    """Replace a refresh token by its successor and issue an access token.

    ``admit`` is told whose session it is before anything is done, with no transaction open; what it raises is raised.

    Raises:
        Unauthenticated: the token is unknown, its session ended, or it was copied (which ends the session).
    """
    async with units.open(SignInScope()) as work:
        row = await RefreshTokenDao(work).by_token(token)
    if row is None:
        raise Unauthenticated("Sign in again.")
    await admit(row.session_id)
    scope = account_scope(row.org_id)
    try:
        async with units.open(scope) as work:
            now = work.now()
            session = await SessionDao(work).get(row.session_id, lock=True)
            if session is None or session.revoked_at is not None or session.expires_at <= now:
                raise Unauthenticated("Sign in again.")
            user = await UserDao(work).get(session.user_id)
            if user is None or user.status != UserStatus.ACTIVE:
                raise Unauthenticated("Sign in again.")
            if user.org_id is not None:
                organization = await get_organization(work, user.org_id)
                if organization is None or not organization.is_active:
                    raise Unauthenticated("Sign in again.")
            current = await RefreshTokenDao(work).by_token(token)
            if current is None:
                raise Unauthenticated("Sign in again.")
            successor = await rotate(work, session, current, token)
            session.last_seen_at = now
            await work.session.flush()
            # The caller showed a session's token and no name: the session's person is who acts.
            person = Actor.person(
                user.id, user.email, user.role, name=user.full_name, org_id=user.org_id, session_id=session.id
            )
            await replace(work, actor=person).record("session.renewed", resource=("session", session.id))
            return SignedIn(access_token_for(tokens, user, session, now), successor, session, user)
    except TokenCopied:
        # In a transaction of its own: the request's was rolled back.
        async with units.open(scope, actor=Actor.system("identity: refresh token used twice")) as work:
            await SessionDao(work).revoke(row.session_id, work.now(), "refresh token used twice")
            await work.record(
                "session.token_reused",
                resource=("session", row.session_id),
                org_id=row.org_id,
                outcome=Outcome.DENIED,
            )
        raise Unauthenticated("Sign in again.") from None
