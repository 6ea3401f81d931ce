"""The platform under load: servers of its own, two API processes, two workers, a scheduler, mail, and people."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path

from aiosmtpd import handlers
from aiosmtpd.controller import Controller
from sqlalchemy import text

from bench.load.checkout import HERE, Checkout, fresh_settings
from bench.load.processes import processes
from bench.rotation.part import HASTY, TIMES
from capecontrol.core.actor import Actor
from capecontrol.core.crypto import SealBroken
from capecontrol.core.db.scope import OrganizationScope, PlatformScope
from capecontrol.core.ids import new_id
from capecontrol.core.inbox.dao import InboundEventDao
from capecontrol.core.inbox.webhook import Webhook
from capecontrol.core.permissions import Role
from capecontrol.core.rings.ring import KeyNotReadable, RingName
from capecontrol.core.secret_keys.follower import RingFollower
from capecontrol.core.secret_keys.resealing import Resealed, Resealing
from capecontrol.core.secret_keys.rotation import rotate
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.features.identity.actions.add_account import AddAccount, add_account
from capecontrol.features.onboarding.interface import complete_all
from capecontrol.features.organizations.interface import create_organization
from capecontrol.local.port import free_port
from capecontrol.local.services import embedded_valkey, throwaway_postgres
from capecontrol.main.features import keyed_columns
from capecontrol.main.settings import Settings
from capecontrol.main.wiring import build_factory, build_password_hasher

PASSWORD = "Correct-horse-9"
BODY = b'{"parcel": "moved"}'
SYSTEM, PLATFORM = Actor.system("bench"), PlatformScope("bench: rotation")

STATE = """
select count(*) filter (where dead_at is not null) as dead,
  count(*) filter (where done_at is null and dead_at is null) as waiting,
  count(*) filter (where last_error is not null or attempts > 1) as retried
from outbox
"""


class Letters(handlers.Message):
    """A mail server that counts."""

    def __init__(self) -> None:
        """Begin with none."""
        super().__init__()
        self.recipients: set[str] = set()

    def handle_message(self, message: Message) -> None:
        """Take a mail."""
        self.recipients.add(str(message["X-RcptTo"]))


@dataclass(frozen=True, slots=True)
class Outbox:
    """What became of the messages."""

    dead: int
    waiting: int
    retried: int


@dataclass
class World:
    """A running platform. The operator's commands run here, with rings of their own."""

    environment: dict[str, str]
    addresses: list[str]
    letters: Letters
    factory: UnitOfWorkFactory
    people: list[str] = field(default_factory=list)

    async def add_people(self, count: int) -> None:
        """Make an organization of so many people, all with one password."""
        settings = Settings.model_validate({name.lower(): value for name, value in self.environment.items()})
        hashed = await build_password_hasher(settings, self.factory.rings).hash(PASSWORD)
        org_id, ids = new_id(), []
        async with self.factory.unit(SYSTEM, PLATFORM) as work:
            await create_organization(work, org_id=org_id, name="Harbour Logistics", domain="harbour")
            for number in range(count):
                email = f"person-{number}@rotation.test"
                ids.append(await add_account(work, AddAccount(email, email, Role.USER, hashed, org_id)))
                self.people.append(email)
        async with self.factory.unit(SYSTEM, OrganizationScope(org_id)) as work:
            for identifier in ids:
                await complete_all(work, identifier, timezone="Africa/Johannesburg")

    async def add_webhooks(self, count: int) -> None:
        """Store so many webhooks that were applied: values that lie sealed for long."""
        async with self.factory.unit(SYSTEM, PLATFORM) as work:
            for number in range(count):
                webhook = Webhook(external_id=f"news-{number}", type="moved", payload=BODY)
                await InboundEventDao(work).store("courier", webhook, is_handled=True)

    async def lost_webhooks(self) -> int:
        """Count the webhooks whose bodies do not open any more."""
        await RingFollower(self.factory).read()
        async with self.factory.unit(SYSTEM, PLATFORM) as work:
            rows = (await work.session.execute(text("select payload from inbound_events where is_sealed"))).scalars()
            return sum(not self._opens(payload) for payload in rows)

    def _opens(self, payload: bytes) -> bool:
        try:
            return self.factory.keyring.open_bytes(payload) == BODY
        except (SealBroken, KeyNotReadable):
            return False

    async def rotate(self, *names: RingName) -> None:
        """Make new keys, as ``capecontrol secrets rotate`` does."""
        await RingFollower(self.factory).read()
        async with self.factory.unit(SYSTEM, PLATFORM) as work:
            await rotate(work, self.factory.rings, names)

    async def reseal(self) -> Resealed:
        """Seal again what lies at rest, as ``capecontrol secrets reseal`` does."""
        await RingFollower(self.factory).read()
        return await Resealing(self.factory, keyed_columns(), SYSTEM).run()

    async def outbox(self) -> Outbox:
        """Tell what became of the messages."""
        async with self.factory.unit(SYSTEM, PLATFORM) as work:
            return Outbox(*(await work.session.execute(text(STATE))).one())

    async def moved_passwords(self) -> int:
        """Count the passwords that name their pepper."""
        async with self.factory.unit(SYSTEM, PLATFORM) as work:
            statement = text("select count(*) from users where password_hash like '$capecontrol$%'")
            return int((await work.session.execute(statement)).scalar_one())


@contextmanager
def letters_taken(letters: Letters) -> Iterator[int]:
    """Run the mail server for the length of the block; the port is its own."""
    controller = Controller(letters, hostname="127.0.0.1", port=free_port(), ready_timeout=10)
    controller.start()
    try:
        yield int(controller.port)
    finally:
        controller.stop()


@asynccontextmanager
async def running(home: Path, *, is_control: bool) -> AsyncIterator[World]:
    """Run the platform for the length of the block."""
    letters, names = Letters(), ("hasty", "deaf") if is_control else ("times", "times")
    with (
        throwaway_postgres(home / "postgres") as postgres,
        embedded_valkey(home / "valkey") as valkey,
        letters_taken(letters) as smtp_port,
        processes(home / "logs") as started,
    ):
        environment = fresh_settings(home, database_url=postgres.app_dsn(), redis_url=valkey.url) | {
            "SMTP_URL": f"smtp://127.0.0.1:{smtp_port}",
            "BCRYPT_ROUNDS": "4",  # the run is about keys, not about waiting
        }
        checkout = Checkout(HERE)
        checkout.migrate(postgres.owner_dsn(), environment)
        settings = Settings.model_validate({name.lower(): value for name, value in environment.items()})
        factory = build_factory(settings, ring_times=HASTY if is_control else TIMES)
        addresses, waiting = [], []
        for number, times in enumerate(names):
            port = free_port()
            addresses.append(f"http://127.0.0.1:{port}")
            for name in ("api", "worker"):
                command = [checkout.python, "-m", "bench.rotation.part", name, times]
                process = started.start(
                    f"{name}-{number}", command, folder=HERE, environment={**environment, "PORT": str(port)}
                )
                waiting += [process] if name == "api" else []
        command = [checkout.python, "-m", "bench.rotation.part", "scheduler", "times"]
        started.start("scheduler", command, folder=HERE, environment=environment)
        for process, address in zip(waiting, addresses, strict=True):
            process.wait_for(f"{address}/api/health")
        async with factory.database:
            yield World(environment, addresses, letters, factory)
