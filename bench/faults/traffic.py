"""The writers: who asks for what during a run."""

import asyncio
import random
import uuid
from collections.abc import Callable, Coroutine, Sequence

from client import PASSWORD, Client
from control import Control
from deals import Dealer, Deployed
from ledger import Ledger
from record import Record
from sabotage import BROKEN, DOOMED, REFUSED, TWICE, UNMAILED

PROJECT, USER = "project-", "user-"
#: How many clients of each kind are at work at once.
SIMPLE_CLIENTS, DEALERS, OPERATORS_OF_WORKFLOWS = 6, 4, 1

Writer = Callable[[Client], Coroutine[None, None, None]]


class Writers:
    """Some clients at once, over all addresses of the API."""

    def __init__(
        self,
        addresses: Sequence[str],
        ledger: Ledger,
        dealer: Dealer,
        deployed: Deployed,
        seed: int,
        *,
        control: Control | None = None,
    ) -> None:
        """Take where to write, as whom, and where to write it down; a spoiled control is asked for what it spoils."""
        self._addresses = addresses
        self._ledger = ledger
        self._dealer = dealer
        self._deployed = deployed
        self._choice = random.Random(seed)
        self._spoiled = (BROKEN, UNMAILED, REFUSED, TWICE) if control is Control.SPOILED else ()
        self._is_over = False
        self._tasks: list[asyncio.Task[None]] = []
        self.record = Record()

    def start(self) -> None:
        """Begin to write."""
        kinds: list[tuple[Writer, int]] = [
            (self._simple, SIMPLE_CLIENTS),
            (self._deal, DEALERS),
            (self._run, OPERATORS_OF_WORKFLOWS),
        ]
        writers: list[Writer] = [writer for writer, count in kinds for _ in range(count)]
        self._tasks = [asyncio.create_task(self._client(writer)) for writer in writers]
        self._tasks += [asyncio.create_task(self._spoil(prefix)) for prefix in self._spoiled]

    async def finish(self, patience_seconds: float) -> None:
        """Begin no new writes; every client asks for what it began until it is told, or its patience ends."""
        self._is_over = True
        _, late = await asyncio.wait(self._tasks, timeout=patience_seconds)
        for task in late:
            task.cancel()
        for outcome in await asyncio.gather(*self._tasks, return_exceptions=True):
            if isinstance(outcome, Exception):
                raise outcome

    async def _client(self, write: Writer) -> None:
        client = Client(self._addresses, self._ledger, self.record, self._choice)
        try:
            while not self._is_over:
                await write(client)
        finally:
            await client.close()

    async def _spoil(self, prefix: str) -> None:
        """Ask for something that the sabotage spoils; for a server error until one was seen, since answers get lost."""
        client = Client(self._addresses, self._ledger, self.record, self._choice)
        email = f"{prefix}{uuid.uuid4().hex}@faults.test"
        if prefix == BROKEN:
            while not (self.record.surprises or self._is_over):
                await self._register(client, email, times=1)
        else:
            await self._register(client, email, times=None)
        await client.close()

    async def _simple(self, client: Client) -> None:
        dice, name = self._choice.random(), uuid.uuid4().hex
        if dice < 0.62:
            body = {"org_id": self._dealer.org_ids[0], "title": f"{PROJECT}{name}"}
            await client.ask(f"{PROJECT}{name}", "/api/projects", body, person=self._dealer.operator)
        elif dice < 0.84:
            await self._register(client, f"{USER}{name}@faults.test", times=None)
        elif dice < 0.92:
            # Somebody who goes away after a failure: nobody will ever repeat it.
            await self._register(client, f"{USER}{name}@faults.test", times=1)
        else:
            await self._register(client, f"{DOOMED}{name}@faults.test", times=1)

    async def _register(self, client: Client, email: str, *, times: int | None) -> None:
        body = {"email": email, "password": PASSWORD, "organization_name": email.partition("@")[0]}
        await client.ask(email, "/api/auth/register", body, times=times)

    async def _deal(self, client: Client) -> None:
        await self._dealer.deal(client, is_over=lambda: self._is_over)

    async def _run(self, client: Client) -> None:
        await self._deployed.run(client)
        await asyncio.sleep(self._choice.uniform(0.2, 1.0))
