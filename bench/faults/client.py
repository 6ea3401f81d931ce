"""A client: asks until it is told, as the front end does, and writes down what it is told."""

import asyncio
import json
import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import httpx

from ledger import Ledger
from record import Record
from sabotage import DOOMED

PASSWORD = "Correct-horse-9"  # of accounts that live as long as the run
PAUSE_SECONDS = 0.15
#: Answers after which a submission keeps its key, as every 5xx does. The front end's tests read the same file, so that
#: what is proved here holds for the browser's `lib/http/submission-keys.ts`.
KEPT = frozenset(
    json.loads(
        (Path(__file__).parents[2] / "backend/tests/core/http/submission_keys.json").read_text(encoding="utf-8")
    )["kept"]
)
#: An earlier attempt under the same key was killed, and its lease is not out yet. After any other conflict a person
#: decides whether to press again under the key that was kept; nobody does here.
KEY_IN_USE = "request/idempotency-key-in-use"
#: Where an answer names what was made.
ID_NAMES = ("id", "user_id", "payment_intent_id", "execution_id")
#: What the platform may answer while a part of it is away. Any other 5xx is a mistake of its own.
AWAY = frozenset({502, 503, 504})


class Person:
    """Somebody who signs in. The token is shared by all clients that act for them."""

    def __init__(self, email: str) -> None:
        """Take the address; ``token`` is empty until the first sign-in."""
        self.email = email
        self.token = ""
        self._lock = asyncio.Lock()

    async def renew(self, client: "Client", stale: str) -> None:
        """Sign in, unless somebody did since ``stale`` was current."""
        async with self._lock:
            if self.token == stale:
                self.token = await client.signed_in(self.email)


class Client:
    """Sends requests to any of the addresses, one after the other."""

    def __init__(self, addresses: Sequence[str], ledger: Ledger, record: Record, choice: random.Random) -> None:
        """Take where to write, and where to write down what was answered."""
        self._addresses = addresses
        self._ledger = ledger
        self._record = record
        self._place = choice.randrange(len(addresses))
        self._http = httpx.AsyncClient(timeout=8, follow_redirects=False)
        self._csrf = ""

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def ask(
        self,
        key: str,
        path: str,
        body: Mapping[str, object],
        *,
        person: Person | None = None,
        times: int | None = None,
        note: str | None = None,
        revision: object = None,
    ) -> dict[str, object] | None:
        """Send a POST under an Idempotency-Key until it is answered; return the answer, None when there is none.

        Args:
            key: the Idempotency-Key.
            path: of the operation.
            body: what is sent, each time the same.
            person: who asks; nobody in particular when left out.
            times: how often at most; until told when left out.
            note: the key in the ledger, where several requests ask for one thing.
            revision: what was read of the thing, as ``If-Match``; not demanded when left out.
        """
        note = note or key
        self._ledger.note("T", note)
        while times is None or times > 0:
            times = None if times is None else times - 1
            answer = await self._post(key, path, body, person, revision)
            if answer is not None and not note.startswith(DOOMED):
                self._record.answers[answer.status_code] += 1
            if answer is None:
                pass
            elif answer.is_success:
                told: dict[str, object] = answer.json()
                self._record.acknowledged.add(note)
                self._ledger.note("A", note, made_by(told))
                return told
            elif note.startswith(DOOMED) and answer.status_code in AWAY:
                self._ledger.note("R", note)
                return None
            elif not is_undecided(answer):
                self._ledger.note("R", note)
                self._surprise(answer, path)
                return None
            elif answer.status_code >= 500 and answer.status_code not in AWAY:
                self._surprise(answer, path)
            elif answer.status_code == 401 and person is not None:
                await person.renew(self, person.token)
            await asyncio.sleep(PAUSE_SECONDS)
        return None

    async def pay(self, key: str, url: str, reference: str) -> None:
        """Pay on the provider's page until it says so: the acknowledgement that somebody's money is gone."""
        self._ledger.note("T", key)
        form = {"action": "pay", "card_number": "4242 4242 4242 4242"}
        while True:
            try:
                answer = await self._http.post(url, data=form, timeout=30)
            except httpx.HTTPError as error:
                self._record.answers[f"Stripe: {type(error).__name__}"] += 1
            else:
                if answer.status_code == 303:
                    self._record.acknowledged.add(key)
                    self._record.paid += 1
                    self._ledger.note("A", key, reference)
                    return
                self._record.surprises.append(f"{answer.status_code} from the page of the provider")
            await asyncio.sleep(PAUSE_SECONDS)

    async def signed_in(self, email: str) -> str:
        """Open a session, however long that takes, and return its access token."""
        while True:
            answer = await self._post("", "/api/auth/login", {"email": email, "password": PASSWORD}, None)
            if answer is not None and answer.is_success:
                return str(answer.json()["access_token"])
            if answer is not None and not is_undecided(answer):
                raise RuntimeError(f"{email} cannot sign in: {answer.text}")
            await asyncio.sleep(PAUSE_SECONDS)

    async def get(self, path: str, person: Person) -> httpx.Response | None:
        """Read something; None when there is no answer."""
        try:
            return await self._http.get(self._next() + path, headers={"Authorization": f"Bearer {person.token}"})
        except httpx.HTTPError:
            return None

    async def _post(
        self, key: str, path: str, body: Mapping[str, object], person: Person | None, revision: object = None
    ) -> httpx.Response | None:
        try:
            csrf = await self._csrf_token()
            headers = {"X-CSRF-Token": csrf, "Cookie": f"csrftoken={csrf}"}
            if key:
                headers["Idempotency-Key"] = key
            if person is not None:
                headers["Authorization"] = f"Bearer {person.token}"
            if revision is not None:
                headers["If-Match"] = f'"{revision}"'
            return await self._http.post(self._next() + path, json=body, headers=headers)
        except httpx.HTTPError as error:
            self._record.answers[type(error).__name__] += 1
            return None

    async def _csrf_token(self) -> str:
        if not self._csrf:
            answer = await self._http.get(f"{self._next()}/api/auth/csrf")
            answer.raise_for_status()
            self._csrf = str(answer.json()["csrf_token"])
        return self._csrf

    def _next(self) -> str:
        self._place = (self._place + 1) % len(self._addresses)
        return self._addresses[self._place]

    def _surprise(self, answer: httpx.Response, path: str) -> None:
        self._record.surprises.append(f"{answer.status_code} {path} {answer.text[:200]}")


def is_undecided(answer: httpx.Response) -> bool:
    """Tell whether the same request is sent again under its key, without anybody's decision."""
    status = answer.status_code
    if status == 409:
        return bool(answer.json().get("type") == KEY_IN_USE)
    return status >= 500 or status in KEPT


def made_by(answer: Mapping[str, object]) -> str:
    """Return the id of what an answer says was made."""
    return str(next(answer[name] for name in ID_NAMES if name in answer))
