"""Tells who holds an access token: the signature is not enough, the session must live."""

from dataclasses import dataclass
from datetime import timedelta

from capecontrol.core.actor import Actor
from capecontrol.core.clock import Clock
from capecontrol.core.db.scope import OrganizationScope, PlatformScope
from capecontrol.core.http.principal import Principal, Shown
from capecontrol.core.permissions import PermissionTable
from capecontrol.core.problems import Unauthenticated
from capecontrol.core.work import UnitOfWork
from capecontrol.features.identity.dao.sessions import SessionDao
from capecontrol.features.identity.models import UserStatus
from capecontrol.features.identity.scopes import account_scope
from capecontrol.features.identity.session_account import SessionAccount
from capecontrol.features.identity.tokens import AccessClaims, AccessTokens
from capecontrol.features.onboarding.interface import onboarding_due
from capecontrol.features.organizations.interface import note_organization

#: How exact "last seen" is: writing it at every request would make each read a write.
LAST_SEEN_STEP = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class SessionToken:
    """An access token that was read. Each request asks PostgreSQL for its session, so an ended one ends at once."""

    claims: AccessClaims
    permissions: PermissionTable

    @property
    def scope(self) -> OrganizationScope | PlatformScope:
        """Return the organization's scope, or the platform's for staff."""
        return account_scope(self.claims.org_id, f"staff: {self.claims.role}")

    async def confirm(self, work: UnitOfWork) -> Principal:
        """Return the session's person.

        Raises:
            Unauthenticated: the session, its person or their organization does not hold (any more).
        """
        now = work.now()
        account = await SessionDao(work).account_of(self.claims.session_id)
        if account is None or not account.is_live(now) or not self._speaks_of(account):
            raise Unauthenticated("Your session has ended. Sign in again.")
        if now - account.last_seen_at > LAST_SEEN_STEP:
            await SessionDao(work).touch(account.session_id, now, LAST_SEEN_STEP)
        organization = account.organization
        if organization is not None:
            note_organization(work, organization)
        actor = Actor.person(
            account.user_id,
            account.email,
            account.role,
            name=account.full_name,
            org_id=account.org_id,
            session_id=account.session_id,
            permissions=self.permissions.of(account.role),
        )
        blocked_by = onboarding_due(account.onboarded_at) if account.org_id else None
        return Principal(actor, self.scope, blocked_by, account, is_confirmed=account.is_confirmed(now))

    def _speaks_of(self, account: SessionAccount) -> bool:
        """Tell whether the token still says who its session's person is, and that they may act."""
        said, is_member = self.claims, account.org_id is not None
        return (
            (account.user_id, account.org_id, account.role) == (said.user_id, said.org_id, said.role)
            and account.token_version == said.version
            and account.status == UserStatus.ACTIVE
            and (not is_member or (account.organization is not None and account.organization.is_active))
        )


class SessionAuthenticator:
    """Reads access tokens."""

    def __init__(self, clock: Clock, tokens: AccessTokens, permissions: PermissionTable) -> None:
        """Take the time, what reads the tokens, and what each role may do."""
        self._clock = clock
        self._tokens = tokens
        self._permissions = permissions

    def read(self, token: str) -> Shown:
        """Return what a token says.

        Raises:
            Unauthenticated: it is not ours, or not valid now.
        """
        return SessionToken(self._tokens.read(token, self._clock.now()), self._permissions)
