"""The writers: clients that ask until they are told, with one Idempotency-Key, and write down what they are told."""

import asyncio
import random
import uuid
from collections import Counter
from collections.abc import Sequence

import httpx

from ledger import Ledger
from sabotage import DOOMED

PROJECT, USER = "project-", "user-"
PASSWORD = "Correct-horse-9"  # of accounts that live as long as the run
PAUSE_SECONDS = 0.15
#: What is not about this request: the same request may succeed in a moment.
COME_AGAIN = {429, 500, 502, 503, 504}
#: An earlier attempt under the same key was killed, and its lease is not out yet.
KEY_IN_USE = "request/idempotency-key-in-use"


class Writers:
    """Some clients at once, over all addresses of the API."""

    def __init__(self, addresses: Sequence[str], ledger: Ledger, token: str, org_id: str, seed: int) -> None:
        """Take where to write, as whom, and where to write it down."""
        self._addresses = addresses
        self._ledger = ledger
        self._token = token
        self._org_id = org_id
        self._choice = random.Random(seed)
        self._is_over = False
        self._tasks: list[asyncio.Task[None]] = []
        self.acknowledged = 0
        self.answers: Counter[int | str] = Counter()
        self.surprises: list[str] = []

    def start(self, clients: int) -> None:
        """Begin to write, with some clients at once."""
        self._tasks = [asyncio.create_task(self._client()) for _ in range(clients)]

    async def finish(self, patience_seconds: float) -> None:
        """Begin no new writes; every client asks for what it began until it is told, or its patience ends."""
        self._is_over = True
        _, late = await asyncio.wait(self._tasks, timeout=patience_seconds)
        for task in late:
            task.cancel()
        for outcome in await asyncio.gather(*self._tasks, return_exceptions=True):
            if isinstance(outcome, Exception):
                raise outcome

    async def _client(self) -> None:
        async with httpx.AsyncClient(timeout=6) as http:
            csrf = await self._csrf(http)
            while not self._is_over:
                await self._one(http, csrf)

    async def _csrf(self, http: httpx.AsyncClient) -> str:
        while True:
            try:
                answer = await http.get(f"{self._choice.choice(self._addresses)}/api/auth/csrf")
                answer.raise_for_status()
            except httpx.HTTPError:
                await asyncio.sleep(PAUSE_SECONDS)
            else:
                return str(answer.json()["csrf_token"])

    async def _one(self, http: httpx.AsyncClient, csrf: str) -> None:
        dice, name = self._choice.random(), uuid.uuid4().hex
        if dice < 0.62:
            await self._ask(http, csrf, f"{PROJECT}{name}", times=None)
        elif dice < 0.84:
            await self._ask(http, csrf, f"{USER}{name}@faults.test", times=None)
        elif dice < 0.92:
            # Somebody who goes away after a failure: nobody will ever repeat it.
            await self._ask(http, csrf, f"{USER}{name}@faults.test", times=1)
        else:
            await self._ask(http, csrf, f"{DOOMED}{name}@faults.test", times=1)

    async def _ask(self, http: httpx.AsyncClient, csrf: str, key: str, *, times: int | None) -> None:
        path, body = self._request(key)
        headers = {"Idempotency-Key": key, "X-CSRF-Token": csrf, "Cookie": f"csrftoken={csrf}"}
        if path == "/api/projects":
            headers["Authorization"] = f"Bearer {self._token}"
        place = self._choice.randrange(len(self._addresses))
        self._ledger.note("T", key)
        while times is None or times > 0:
            times = None if times is None else times - 1
            place = (place + 1) % len(self._addresses)
            try:
                answer = await http.post(self._addresses[place] + path, json=body, headers=headers)
            except httpx.HTTPError as error:
                self.answers[type(error).__name__] += 1
                await asyncio.sleep(PAUSE_SECONDS)
                continue
            if not key.startswith(DOOMED):
                self.answers[answer.status_code] += 1
            if answer.is_success:
                told = answer.json()
                self.acknowledged += 1
                self._ledger.note("A", key, str(told.get("id") or told.get("user_id")))
                return
            if key.startswith(DOOMED) and answer.status_code == 500:
                self._ledger.note("R", key)
                return
            if answer.status_code not in COME_AGAIN and answer.json().get("type") != KEY_IN_USE:
                self._ledger.note("R", key)
                self.surprises.append(f"{answer.status_code} {path} {answer.text[:200]}")
                return
            await asyncio.sleep(PAUSE_SECONDS)

    def _request(self, key: str) -> tuple[str, dict[str, str]]:
        if key.startswith(PROJECT):
            return "/api/projects", {"org_id": self._org_id, "title": key}
        return "/api/auth/register", {"email": key, "password": PASSWORD, "organization_name": key.partition("@")[0]}
