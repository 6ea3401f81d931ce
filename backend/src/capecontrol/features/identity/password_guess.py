"""A guess at a password: counted, limited, and checked with no transaction open."""

import math
import uuid
from datetime import timedelta

from capecontrol.core.audit import Outcome
from capecontrol.core.db.scope import SignInScope
from capecontrol.core.ids import new_id
from capecontrol.core.passwords import PasswordHasher
from capecontrol.core.problems import TooManyRequests
from capecontrol.core.rings.ring import KeyNotReadable
from capecontrol.core.work import Units
from capecontrol.features.identity.dao.login_attempts import LoginAttemptDao
from capecontrol.features.identity.dao.users import UserDao
from capecontrol.features.identity.errors import InvalidCredentials, LockedOut
from capecontrol.features.identity.models import LoginAttempt, User

#: ASP FR-AUTH-002: five failures lock an address for fifteen minutes.
FAILURES_MAX = 5
LOCKOUT = timedelta(minutes=15)

#: Why a guess was wrong, as the audit log has it; the caller is told neither.
WRONG_PASSWORD, UNKNOWN_ADDRESS = "password", "unknown-address"


async def person_by_password(
    units: Units, email: str, password: str, hasher: PasswordHasher, *, session_id: uuid.UUID | None = None
) -> User:
    """Return whose address and password these are.

    In phases, so that no connection is held while bcrypt works. What must survive a refusal (the attempt, the audit)
    is written in a transaction of its own.

    Args:
        units: of whoever guesses.
        email: the address.
        password: the guess.
        hasher: checks it.
        session_id: the session that is to be confirmed. Its guesses are counted by it: whoever has no session, and only
            knows the address, locks nobody out of it.

    Raises:
        LockedOut: too many wrong passwords for this address, known or not, or in this session.
        InvalidCredentials: address and password do not belong together.
    """
    async with units.open(SignInScope()) as work:
        # Counted and reserved under one lock: guesses that are sent at once share the five that an address has.
        attempts = LoginAttemptDao(work)
        await attempts.lock(email, session_id)
        failures = await attempts.failures_since(email, session_id, work.now() - LOCKOUT)
        attempt = (
            None
            if len(failures) >= FAILURES_MAX
            else LoginAttempt(
                id=new_id(), email=email, ip_address=units.origin.ip_address, succeeded=False, session_id=session_id
            )
        )
        if attempt is not None:
            attempts.add_last(attempt)
        user = await UserDao(work).by_email(email)
    if attempt is None:
        wait = failures[0] + LOCKOUT - units.clock.now()
        seconds = max(1, int(wait.total_seconds()))
        minutes = math.ceil(seconds / 60)
        wait_words = f"{minutes} minute{'' if minutes == 1 else 's'}"
        raise LockedOut(f"Too many failed attempts. Try again in {wait_words}.", retry_after_seconds=seconds)
    try:
        hashed = user.password_hash if user else None
        matched = await hasher.matches(password, hashed, source=units.origin.source)
    except (TooManyRequests, KeyNotReadable):
        # Nobody looked at the password: it was no guess.
        async with units.open(SignInScope()) as work:
            await LoginAttemptDao(work).withdraw(attempt.id)
        raise
    if user is None or not matched:
        reason = WRONG_PASSWORD if user else UNKNOWN_ADDRESS
        await note_refusal(units, user, reason, is_confirming=session_id is not None)
        raise InvalidCredentials()
    async with units.open(SignInScope()) as work:
        await LoginAttemptDao(work).update_where(LoginAttempt.id == attempt.id, succeeded=True)
    return user


async def note_refusal(units: Units, user: User | None, reason: str, *, is_confirming: bool = False) -> None:
    """Keep a refusal in the audit: of a sign-in, or of who is signed in and was to confirm that it is them."""
    async with units.open(SignInScope()) as work:
        await work.record(
            "session.refused",
            resource=("user", user.id if user else None),
            org_id=user.org_id if user else None,
            outcome=Outcome.FAILURE,
            metadata={"reason": reason, **({"confirming": True} if is_confirming else {})},
        )
