"""Tells who holds an access token: the signature is not enough, the session must live."""

from datetime import timedelta

from capecontrol.core.actor import Actor
from capecontrol.core.http.state import Principal
from capecontrol.core.permissions import PermissionTable
from capecontrol.core.problems import Unauthenticated
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.features.identity.dao import SessionDao
from capecontrol.features.identity.models import UserSession, UserStatus
from capecontrol.features.identity.scopes import account_scope
from capecontrol.features.identity.tokens import AccessTokens
from capecontrol.features.onboarding.interface import onboarding_due
from capecontrol.features.organizations.interface import get_organization

#: How exact "last seen" is: writing it at every request would make each read a write.
LAST_SEEN_STEP = timedelta(minutes=5)


class SessionAuthenticator:
    """Checks tokens against the record in PostgreSQL at each request, so that an ended session ends at once."""

    def __init__(self, factory: UnitOfWorkFactory, tokens: AccessTokens, permissions: PermissionTable) -> None:
        """Take where the record is, what reads the tokens, and what each role may do."""
        self._factory = factory
        self._tokens = tokens
        self._permissions = permissions

    async def authenticate(self, token: str) -> Principal:
        """Return the holder of a live session's access token.

        Raises:
            Unauthenticated: the token, its session, its person or their organization does not hold (any more).
        """
        now = self._factory.clock.now()
        claims = self._tokens.read(token, now)
        actor = Actor.system("identity: check a session")
        async with self._factory.unit(actor, account_scope(claims.org_id)) as work:
            found = await SessionDao(work).live(claims.session_id, now)
            if found is None:
                raise Unauthenticated("Your session has ended; sign in again.")
            session, user = found
            if user.id != claims.user_id or user.org_id != claims.org_id or user.token_version != claims.version:
                raise Unauthenticated("Your session has ended; sign in again.")
            if user.status != UserStatus.ACTIVE or user.role != claims.role:
                raise Unauthenticated("Your session has ended; sign in again.")
            blocked_by = None
            if user.org_id is not None:
                organization = await get_organization(work, user.org_id)
                if organization is None or not organization.is_active:
                    raise Unauthenticated("Your session has ended; sign in again.")
                blocked_by = await onboarding_due(work, user.id)
            if now - session.last_seen_at > LAST_SEEN_STEP:
                await SessionDao(work).update_where(UserSession.id == session.id, last_seen_at=now)
        return Principal(
            actor=Actor.person(
                user.id,
                user.email,
                claims.role,
                name=user.full_name,
                org_id=user.org_id,
                session_id=session.id,
                permissions=self._permissions.of(claims.role),
            ),
            scope=account_scope(claims.org_id, f"staff: {claims.role}"),
            blocked_by=blocked_by,
        )
