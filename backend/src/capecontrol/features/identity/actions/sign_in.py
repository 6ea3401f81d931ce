"""Sign in with address and password."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from capecontrol.core.actor import Actor
from capecontrol.core.ids import new_id
from capecontrol.core.passwords import PasswordHasher
from capecontrol.core.problems import TooManyRequests
from capecontrol.core.work import Units
from capecontrol.features.identity.dao.sessions import SessionDao
from capecontrol.features.identity.dao.users import UserDao
from capecontrol.features.identity.errors import (
    EmailNotVerified,
    OrganizationSuspended,
    UserDisabled,
)
from capecontrol.features.identity.models import User, UserSession, UserStatus
from capecontrol.features.identity.password_guess import note_refusal, person_by_password
from capecontrol.features.identity.scopes import account_scope
from capecontrol.features.identity.token_family import begin_family
from capecontrol.features.identity.tokens import AccessClaims, AccessTokens
from capecontrol.features.organizations.interface import get_organization

REFRESH_TTL = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class SignIn:
    """What a person types."""

    email: str
    password: str
    remember_me: bool


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A new or renewed session's tokens."""

    access_token: str
    refresh_token: str
    is_remembered: bool


async def sign_in(units: Units, command: SignIn, *, hasher: PasswordHasher, tokens: AccessTokens) -> SignedIn:
    """Open a session.

    In phases, so that no connection is held while bcrypt works. What must survive a refusal (the attempt, the audit)
    is written in a transaction of its own.

    Raises:
        LockedOut: too many wrong passwords for this address, known or not.
        InvalidCredentials: address and password do not belong together.
        EmailNotVerified, UserDisabled, OrganizationSuspended: only after a right password.
    """
    user = await person_by_password(units, command.email, command.password, hasher)
    renewed = await _renew_hash(hasher, command.password, user)
    try:
        return await _open_session(units, user, command, tokens, renewed)
    except (EmailNotVerified, UserDisabled, OrganizationSuspended) as refusal:
        await note_refusal(units, user, refusal.slug)
        raise


async def _renew_hash(hasher: PasswordHasher, password: str, user: User) -> str | None:
    """Return a hash by the newest pepper, where the person's has an older one and nobody waits for the hasher."""
    try:
        return await hasher.renewed(password, user.password_hash)
    except TooManyRequests:
        return None


async def _open_session(
    units: Units, user: User, command: SignIn, tokens: AccessTokens, renewed_hash: str | None
) -> SignedIn:
    actor = Actor.person(user.id, user.email, user.role, name=user.full_name, org_id=user.org_id)
    async with units.open(account_scope(user.org_id), actor=actor) as work:
        now = work.now()
        if user.status == UserStatus.DISABLED:
            raise UserDisabled("Your account is disabled. Contact an administrator of your organization.")
        if user.email_verified_at is None or user.status != UserStatus.ACTIVE:
            raise EmailNotVerified(
                "Please confirm your e-mail address first. Check your inbox for the link, or send it again."
            )
        if user.org_id is not None:
            organization = await get_organization(work, user.org_id)
            if organization is None or not organization.is_active:
                raise OrganizationSuspended(
                    "Your organization is suspended. Contact the business that runs this portal to find out more."
                )
        session = UserSession(
            id=new_id(),
            org_id=user.org_id,
            user_id=user.id,
            device=units.origin.user_agent,
            ip_address=units.origin.ip_address,
            is_remembered=command.remember_me,
            last_seen_at=now,
            expires_at=now + REFRESH_TTL,
        )
        SessionDao(work).add_last(session)
        if renewed_hash is not None:
            await UserDao(work).renew_hash(user, renewed_hash)
        refresh = begin_family(work, session)
        await work.record("session.started", resource=("session", session.id))
    return SignedIn(access_token_for(tokens, user, session, now), refresh, is_remembered=command.remember_me)


def access_token_for(tokens: AccessTokens, user: User, session: UserSession, now: datetime) -> str:
    """Return an access token of a session."""
    claims = AccessClaims(
        user_id=user.id, org_id=user.org_id, role=user.role, session_id=session.id, version=user.token_version
    )
    return tokens.issue(claims, now)
