"""Organizations and people for tests, made through the product's own actions."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from fastapi import FastAPI

from capecontrol.core.actor import Actor
from capecontrol.core.db.scope import OrganizationScope, PlatformScope
from capecontrol.core.ids import new_id
from capecontrol.core.passwords import PasswordHasher
from capecontrol.core.permissions import Role
from capecontrol.core.ports import Ports
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.features.identity.actions.add_account import AddAccount, add_account
from capecontrol.features.identity.actions.sign_in import access_token_for
from capecontrol.features.identity.dao.sessions import SessionDao
from capecontrol.features.identity.dao.users import UserDao
from capecontrol.features.identity.models import UserSession
from capecontrol.features.identity.tokens import AccessTokens
from capecontrol.features.onboarding.interface import complete_all
from capecontrol.features.organizations.interface import create_organization, free_domain
from tests.client import Client

PASSWORD = "Correct-horse-9"
SYSTEM = Actor.system("tests")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account, and a client that is signed in as them."""

    id: uuid.UUID
    email: str
    org_id: uuid.UUID | None
    role: Role
    session_id: uuid.UUID
    client: Client


class People:
    """Makes them."""

    def __init__(self, app: FastAPI, factory: UnitOfWorkFactory, ports: Ports) -> None:
        self.app = app
        self.factory = factory
        self.ports = ports

    def stranger(self) -> Client:
        """A client that is not signed in."""
        return Client(self.app)

    async def organization(self, name: str = "Harbour Logistics") -> uuid.UUID:
        """Make an organization and return its id."""
        org_id = new_id()
        async with self.factory.unit(SYSTEM, PlatformScope("tests")) as work:
            domain = await free_domain(work, name)
            await create_organization(work, org_id=org_id, name=name, domain=domain)
        return org_id

    async def person(
        self,
        role: Role,
        org_id: uuid.UUID | None = None,
        *,
        email: str | None = None,
        onboarded: bool = True,
        confirmed: bool = True,
    ) -> Person:
        """Make somebody of a role and sign them in; they have just typed their password again."""
        email = email or f"{role.lower()}-{uuid.uuid4().hex[:8]}@people.test"
        hashed = await self.ports.get(PasswordHasher).hash(PASSWORD)
        async with self.factory.unit(SYSTEM, PlatformScope("tests")) as work:
            user_id = await add_account(work, AddAccount(email, role.title(), role, hashed, org_id))
            user = await UserDao(work).get(user_id)
            assert user is not None
            session = await SessionDao(work).add(
                UserSession(
                    id=new_id(), org_id=org_id, user_id=user_id, device="tests", ip_address=None, is_remembered=False,
                    confirmed_at=work.now() if confirmed else None, last_seen_at=work.now(),
                    expires_at=work.now() + timedelta(days=30), created_at=work.now(),
                )
            )  # fmt: skip
            token = access_token_for(self.ports.get(AccessTokens), user, session, work.now())
        if org_id is not None and onboarded:
            async with self.factory.unit(SYSTEM, OrganizationScope(org_id)) as work:
                await complete_all(work, user_id, timezone="Africa/Johannesburg")
        return Person(user_id, email, org_id, role, session.id, Client(self.app, token))

    async def operator(self) -> Person:
        """Make an operator."""
        return await self.person(Role.OPERATOR)

    async def owner(self, name: str = "Harbour Logistics") -> Person:
        """Make an organization and its owner."""
        return await self.person(Role.OWNER, await self.organization(name))
