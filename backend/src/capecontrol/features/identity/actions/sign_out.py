"""Sign out: here, or everywhere."""

import uuid
from dataclasses import replace

from capecontrol.core.db.scope import SignInScope
from capecontrol.core.work import Units
from capecontrol.features.identity.dao.refresh_tokens import RefreshTokenDao
from capecontrol.features.identity.dao.sessions import SIGNED_OUT_EVERYWHERE, SessionDao
from capecontrol.features.identity.dao.users import UserDao
from capecontrol.features.identity.models import User
from capecontrol.features.identity.scopes import account_scope


async def sign_out(units: Units, *, refresh_token: str | None, all_devices: bool) -> bool:
    """End the session of the access token, and that of the refresh token that was sent along.

    Returns whether the refresh token is good for nothing any more. Somebody else's still is: they have signed in with
    this browser while the request was on its way.

    Args:
        units: the caller, signed in or not.
        refresh_token: the cookie's, if there is one.
        all_devices: whether to end all of the caller's sessions, which needs an access token.
    """
    person_id, session_id = units.actor.id, units.actor.session_id
    if person_id is not None and session_id is not None:
        async with units.open() as work:
            now, dao = work.now(), SessionDao(work)
            if all_devices:
                await dao.revoke_all(person_id, now, SIGNED_OUT_EVERYWHERE)
                await UserDao(work).update_where(User.id == person_id, token_version=User.token_version + 1)
            else:
                await dao.revoke(session_id, now, "signed out")
            await work.record("session.ended", resource=("session", session_id), metadata={"all_devices": all_devices})
    return refresh_token is None or await _end_session_of(units, refresh_token, person_id)


async def _end_session_of(units: Units, token: str, person_id: uuid.UUID | None) -> bool:
    async with units.open(SignInScope()) as work:
        found = await RefreshTokenDao(work).session_of(token)
    if found is None:
        return True
    async with units.open(account_scope(found.org_id)) as work:
        now, dao = work.now(), SessionDao(work)
        session = await dao.renew(found.session_id, now)
        if session is None or person_id not in (None, session.user_id):
            return session is None
        if await dao.revoke(found.session_id, now, "signed out"):
            # The caller showed a session's token and no name: the session's person is who acts.
            signed_out = replace(work, actor=session.actor)
            await signed_out.record("session.ended", resource=("session", found.session_id), org_id=found.org_id)
    return True
