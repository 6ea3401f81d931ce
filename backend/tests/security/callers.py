"""The callers of the matrix: made once, and anew where a call uses them up."""

from datetime import timedelta

from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.permissions import Realm, Role
from capecontrol.features.identity.actions.sign_in import access_token_for
from capecontrol.features.identity.dao.sessions import SessionDao
from capecontrol.features.identity.dao.users import UserDao
from capecontrol.features.identity.tokens import AccessTokens
from tests.client import Client
from tests.people import SYSTEM, Person
from tests.security.columns import SEATS
from tests.security.forged_tokens import forged_token
from tests.security.row import Row
from tests.security.world import World


class Callers:
    """Clients by the names of the matrix's columns."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._known: dict[tuple[str, str], Client] = {}

    async def get(self, name: str, able: str, *, fresh: bool = False) -> Client:
        """Return a caller.

        Args:
            name: the column.
            able: the column of somebody who may do it: whose credential is broken in the columns of credentials.
            fresh: whether the call uses the caller up.
        """
        key = (name, able)
        if fresh:
            return await self._make(name, able)
        if key not in self._known:
            self._known[key] = await self._make(name, able)
        return self._known[key]

    async def able(self, row: Row, *, fresh: bool = False) -> Client:
        """Return somebody who may; another one each time where the call ends their session."""
        return await self.get(row.able, row.able, fresh=fresh or row.ends_session)

    async def asked(self, row: Row) -> Client:
        """Make whoever is asked in the walks."""
        return await self.get(row.asked, row.asked, fresh=True)

    async def person(self, name: str) -> Person:
        """Make somebody who sits in a seat."""
        seat = SEATS[name]
        if seat.role.realm is Realm.ADMIN:
            return await self.world.people.person(seat.role)
        return await self.world.member(seat.role, foreign=seat.is_foreign, onboarded=seat.is_onboarded)

    async def _make(self, name: str, able: str) -> Client:
        world = self.world
        if name == "non":
            return world.people.stranger()
        if name == "gar":
            return Client(world.people.app, "garbage")
        if name == "sus":
            return await self._suspended()
        if name not in ("exp", "rev", "dis", "aud"):
            return (await self.person(name)).client
        person = await self.person("OPE" if able == "non" else able)
        if name == "exp":
            return Client(world.people.app, await self._token(person, age=timedelta(hours=24, minutes=2)))
        if name == "rev":
            await world.sql("update sessions set revoked_at = now() where id = :id", id=person.session_id)
        if name == "dis":
            await world.sql("update users set status = 'DISABLED' where id = :id", id=person.id)
        if name == "aud":
            return Client(world.people.app, forged_token(person, aud="another-app"))
        return person.client

    async def _suspended(self) -> Client:
        organization = await self.world.people.organization(self.world.word("Suspended"))
        owner = await self.world.people.person(Role.OWNER, organization)
        await self.world.sql("update organizations set status = 'SUSPENDED' where id = :id", id=organization)
        return owner.client

    async def _token(self, person: Person, *, age: timedelta) -> str:
        people = self.world.people
        async with people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
            user = await UserDao(work).get(person.id)
            session = await SessionDao(work).get(person.session_id)
            assert user is not None
            assert session is not None
            return access_token_for(people.ports.get(AccessTokens), user, session, work.now() - age)
