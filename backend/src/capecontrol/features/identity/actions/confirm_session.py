"""Confirm that it is still the session's person who acts."""

from datetime import datetime

from capecontrol.core.passwords import PasswordHasher
from capecontrol.core.problems import FieldError, Invalid
from capecontrol.core.work import Units
from capecontrol.features.identity.dao.sessions import SessionDao
from capecontrol.features.identity.errors import InvalidCredentials
from capecontrol.features.identity.models import UserSession
from capecontrol.features.identity.password_guess import person_by_password
from capecontrol.features.identity.session_account import CONFIRMED_FOR, SessionAccount


async def confirm_session(units: Units, account: SessionAccount, password: str, hasher: PasswordHasher) -> datetime:
    """Check the password of a session's person, and return until when what asks for it asks no more.

    A wrong password counts for the session alone.

    Raises:
        LockedOut: too many wrong passwords in the session.
        Invalid: it is not the person's password.
    """
    try:
        await person_by_password(units, account.email, password, hasher, session_id=account.session_id)
    except InvalidCredentials:
        # Not 401: the session is good, and its browser must not renew or leave it.
        raise Invalid(errors=[FieldError("/password", "Incorrect password. Try again.")]) from None
    async with units.open() as work:
        now = work.now()
        await SessionDao(work).update_where(UserSession.id == account.session_id, confirmed_at=now)
        await work.record("session.confirmed", resource=("session", account.session_id))
    return now + CONFIRMED_FOR
