"""People who read, renew, sign in and register all the time, each at either process, and what they were told."""

from __future__ import annotations

import asyncio
import random
import uuid
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import httpx

from bench.rotation.world import PASSWORD

T = TypeVar("T")

#: The hasher is busy, or a pool was: the same request may succeed in a moment.
COME_AGAIN = {429, 503}


@dataclass
class Session:
    """A person who signed in before the first key turned."""

    email: str
    access: str
    refresh: str
    #: A page renews one at a time.
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


@dataclass
class Told:
    """What people were told."""

    answers: Counter[str] = field(default_factory=Counter)
    sign_outs: int = 0
    failed_passwords: int = 0
    refused_pairs: int = 0
    surprises: Counter[str] = field(default_factory=Counter)
    registered: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Tell whether nobody noticed anything."""
        return not (self.sign_outs or self.failed_passwords or self.refused_pairs or self.surprises)


class Traffic:
    """Clients at once, over both processes, with the CSRF pair of the beginning, as a page has that stays open."""

    def __init__(self, http: httpx.AsyncClient, addresses: list[str], people: list[str], seed: int) -> None:
        """Take where to ask, and who asks."""
        self.told = Told()
        self.sessions: list[Session] = []
        self._http = http
        self._addresses = addresses
        self._people = people
        self._dice = random.Random(seed)
        self._csrf = ""
        self._is_over = False
        self._tasks: list[asyncio.Task[None]] = []

    async def begin(self, clients: int) -> None:
        """Sign everybody in, then keep so many clients busy."""
        self._csrf = (await self._http.get(f"{self._addresses[0]}/api/auth/csrf")).json()["csrf_token"]
        await each(clients, self._people, self._open)
        self.told = Told()
        self._tasks = [asyncio.create_task(self._client()) for _ in range(clients)]

    async def end(self) -> None:
        """Begin nothing new, and return when all are answered."""
        self._is_over = True
        await asyncio.gather(*self._tasks)

    async def look_again(self, clients: int) -> None:
        """Let every person use the tokens that they have and renew them, and every fourth sign in anew."""
        await each(clients, self.sessions, self._look)
        await each(clients, self._people[::4], self._sign_in)

    async def _look(self, session: Session) -> None:
        await self._read(session)
        await self._renew(session)

    async def _open(self, email: str) -> None:
        answer = await self._ask("POST", "/api/auth/login", {"email": email, "password": PASSWORD})
        told = answer.raise_for_status().json()
        self.sessions.append(Session(email, told["access_token"], told["refresh_token"]))

    async def _client(self) -> None:
        while not self._is_over:
            session, dice = self._dice.choice(self.sessions), self._dice.random()
            if dice < 0.6:
                await self._read(session)
            elif dice < 0.75:
                await self._renew(session)
            elif dice < 0.9:
                await self._sign_in(session.email)
            else:
                await self._register()
            await asyncio.sleep(0.02)

    async def _read(self, session: Session) -> None:
        answer = await self._ask("GET", "/api/auth/me", token=session.access)
        self._count("read", answer)
        self.told.sign_outs += answer.status_code == 401

    async def _renew(self, session: Session) -> None:
        async with session.lock:
            answer = await self._ask("POST", "/api/auth/refresh", {"refresh_token": session.refresh})
            self._count("renewal", answer)
            self.told.sign_outs += answer.status_code == 401
            # Half of them keep the older token, which is good for a day.
            if answer.is_success:
                session.refresh = answer.json()["refresh_token"]
                session.access = self._dice.choice([session.access, answer.json()["access_token"]])

    async def _sign_in(self, email: str) -> None:
        answer = await self._ask("POST", "/api/auth/login", {"email": email, "password": PASSWORD})
        self._count("sign-in", answer)
        self.told.failed_passwords += answer.status_code == 401

    async def _register(self) -> None:
        email = f"{uuid.uuid4().hex}@rotation.test"
        body = {"email": email, "password": PASSWORD, "organization_name": email.partition("@")[0]}
        answer = await self._ask("POST", "/api/auth/register", body)
        self._count("sealed mail", answer)
        if answer.is_success:
            self.told.registered.append(email)

    def _count(self, what: str, answer: httpx.Response) -> None:
        self.told.answers[what] += 1
        is_refused_pair = answer.status_code == 403 and answer.json().get("type") == "auth/csrf-failed"
        self.told.refused_pairs += is_refused_pair
        if not answer.is_success and answer.status_code != 401 and not is_refused_pair:
            self.told.surprises[f"{what}: {answer.status_code} {answer.json().get('type')}"] += 1

    async def _ask(
        self, method: str, path: str, body: dict[str, str] | None = None, *, token: str | None = None
    ) -> httpx.Response:
        headers = {"X-CSRF-Token": self._csrf, "Cookie": f"csrftoken={self._csrf}"}
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        while True:
            address = self._dice.choice(self._addresses)
            answer = await self._http.request(method, address + path, json=body, headers=headers)
            if answer.status_code not in COME_AGAIN:
                return answer
            self.told.answers["come again"] += 1
            await asyncio.sleep(0.1)


async def each(at_once: int, things: Sequence[T], act: Callable[[T], Awaitable[None]]) -> None:
    """Do something with each of some things, a few at once."""
    waiting = iter(list(things))

    async def work() -> None:
        for thing in waiting:
            await act(thing)

    await asyncio.gather(*(work() for _ in range(at_once)))
