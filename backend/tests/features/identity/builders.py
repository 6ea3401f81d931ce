"""People who wait for their verification mail."""

from datetime import timedelta

from capecontrol.core.crypto import digest, new_secret
from capecontrol.core.permissions import Role
from capecontrol.features.identity.models import OneTimeToken, TokenPurpose
from tests.people import Person
from tests.security.world import World


async def build_unverified_person(world: World) -> Person:
    """Make somebody who registered and did not verify yet."""
    person = await world.member(Role.OWNER)
    await world.sql("update users set status = 'INVITED', email_verified_at = null where id = :id", id=person.id)
    return person


async def build_verification_token(world: World) -> str:
    """Make such a person, and return the secret that was mailed."""
    person, token = await build_unverified_person(world), new_secret()
    async with world.unit() as work:
        now = work.now()
        work.session.add(
            OneTimeToken(
                org_id=world.own, user_id=person.id, purpose=TokenPurpose.VERIFY_EMAIL, token_hash=digest(token),
                expires_at=now + timedelta(hours=1), created_at=now,
            )
        )  # fmt: skip
        await work.session.flush()
    return token
