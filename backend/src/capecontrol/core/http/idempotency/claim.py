"""The claim that a request has on its idempotency key."""

import asyncio
import json
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from http import HTTPStatus

import structlog
from fastapi.exceptions import RequestValidationError
from starlette.requests import Request
from starlette.responses import Response

from capecontrol.core.crypto import Keyring
from capecontrol.core.db.scope import SignInScope
from capecontrol.core.http.idempotency.content import content_of
from capecontrol.core.http.idempotency.dao import IdempotencyKeyDao
from capecontrol.core.http.idempotency.errors import KeyInUse, KeyReused
from capecontrol.core.http.idempotency.model import IdempotencyKey
from capecontrol.core.http.idempotency.twins import Twins
from capecontrol.core.ids import new_id
from capecontrol.core.problems import FieldError, Invalid, Problem
from capecontrol.core.work import UnitOfWork, Units

log = structlog.get_logger("http")

KEY_MAX = 255
#: Headers of the first answer that belong to what it says.
KEPT_HEADERS = ("etag", "location")


class Replay(Exception):
    """Not an error: the answer is already known."""

    def __init__(self, response: Response) -> None:
        """Carry the answer."""
        super().__init__("replayed")
        self.response = response


class KeyClaim:
    """The key of one request."""

    def __init__(self, key: str, caller: str, content: bytes, keyring: Keyring, twins: Twins) -> None:
        """Take what ``read`` found."""
        #: The id of the key's row: the same at every attempt.
        self.operation_id = new_id()
        #: Whether an earlier attempt began under the key and was not answered.
        self.is_repeat = False
        self._token = uuid.uuid4()
        self._is_overtaken = False
        self._key = key
        self._caller = caller
        self._content = content
        self._keyring = keyring
        self._twins = twins
        self._times = twins.times

    @classmethod
    async def read(
        cls, request: Request, body: object, caller: str, keyring: Keyring, twins: Twins
    ) -> "KeyClaim | None":
        """Return the claim of a request that carries a key.

        Args:
            request: the request, whose body was read.
            body: what it says.
            caller: whose key it is.
            keyring, twins: what seals the answer, and whoever waits for it.

        Raises:
            Invalid: the key is empty, too long, or not plain ASCII.
        """
        key = request.headers.get("idempotency-key")
        if key is None:
            return None
        if not 0 < len(key) <= KEY_MAX or not (key.isascii() and key.isprintable()):
            raise Invalid(
                f"Idempotency-Key must be 1 to {KEY_MAX} printable ASCII characters.",
                errors=[FieldError("/Idempotency-Key", "Send a new UUID.")],
            )
        return cls(key, caller, await content_of(request, body), keyring, twins)

    async def claim(self, work: UnitOfWork) -> None:
        """Insert the key into the request's one unit of work, waiting for a twin that is under way.

        Raises:
            Replay: the same request was answered before.
            KeyReused: another request used the key.
        """
        dao = IdempotencyKeyDao(work)
        if await self._insert(dao):
            return
        stored = await dao.find(self._caller, self._key)
        if stored is not None:
            self._check_answered(stored)
        raise KeyInUse()

    async def answer(self, work: UnitOfWork, response: Response) -> bool:
        """Store the answer, in the transaction of the effect or after the last phase; tell whether it counts.

        It does not when another attempt took the key over. A refusal that was returned frees the key, as one that is
        raised does: the next attempt is judged anew.
        """
        if response.status_code >= HTTPStatus.BAD_REQUEST:
            return await IdempotencyKeyDao(work).free(self.operation_id, self._token)
        kept = [[name, value] for name, value in response.headers.items() if name in KEPT_HEADERS]
        return await IdempotencyKeyDao(work).answer(
            self.operation_id,
            self._token,
            status=response.status_code,
            answer=self._keyring.seal(bytes(response.body).decode()),
            headers=self._keyring.seal(json.dumps(kept)) if kept else None,
        )

    @asynccontextmanager
    async def phases(self, units: Units) -> AsyncIterator[None]:
        """Hold the key while an action works in phases.

        Afterwards the route class stores the answer. A refusal frees the key; after a failure of ours the row stays,
        so that the next attempt goes on under the same ``operation_id``. An attempt that was overtaken ends where it
        is: what it would still do, its caller may have undone since.

        Raises:
            Replay: the same request was answered before, or by the attempt that overtook this one.
            KeyReused: another request used the key.
            KeyInUse: the first one takes longer than a twin waits, or too many wait.
        """
        await self._take(units)
        try:
            async with asyncio.timeout(None) as deadline:
                keeper = asyncio.create_task(self._keep(units, deadline))
                try:
                    yield
                finally:
                    await _stop(keeper)
        except Exception as error:
            if self._is_overtaken or not await self._give_back(units, error):
                await self._replay(units)
            if self._is_overtaken:
                raise KeyInUse() from error
            raise
        except BaseException as error:
            await self._give_back(units, error)
            raise

    async def answer_phases(self, units: Units, response: Response) -> None:
        """Store the answer of an action in phases.

        Raises:
            Replay: another attempt took the key over and was answered; all get the same answer.
            KeyInUse: it took the key over and is under way.
        """
        async with self._unit(units) as work:
            is_stored = await self.answer(work, response)
        if not is_stored:
            await self._replay(units)

    async def _replay(self, units: Units) -> None:
        """Answer as the attempt does that took the key over, unless its key is gone.

        Raises:
            Replay: it was answered.
            KeyInUse: it is under way.
        """
        async with self._unit(units) as work:
            stored = await IdempotencyKeyDao(work).find(self._caller, self._key)
            if stored is not None:
                self._check_answered(stored)
        if stored is not None:
            raise KeyInUse()

    async def _give_back(self, units: Units, reason: BaseException) -> bool:
        """End the attempt; tell whether the key was its own until now, as far as anybody knows."""
        try:
            async with self._unit(units) as work:
                dao = IdempotencyKeyDao(work)
                if _is_refusal(reason):
                    return await dao.free(self.operation_id, self._token)
                return await dao.end_lease(self.operation_id, self._token)
        except Exception as error:  # the caller is told the reason; the key is free when its lease is out
            log.warning("idempotency.key_not_given_back", error=type(error).__name__, reason=type(reason).__name__)
            return True

    async def _keep(self, units: Units, deadline: asyncio.Timeout) -> None:
        """Renew the lease while the attempt goes on; end the attempt when another has taken the key over."""
        while True:
            await asyncio.sleep(self._times.renew_seconds)
            try:
                async with self._unit(units) as work:
                    is_held = await IdempotencyKeyDao(work).renew(self.operation_id, self._token, self._times.lease)
            except Exception as error:  # the database is away: the attempt itself will notice
                log.warning("idempotency.lease_not_renewed", error=type(error).__name__)
                continue
            if not is_held:
                log.warning("idempotency.overtaken")
                self._is_overtaken = True
                deadline.reschedule(asyncio.get_running_loop().time())
                return

    async def _take(self, units: Units) -> None:
        now = asyncio.get_running_loop().time
        async with self._twins.turn(self._caller, self._key) as deadline:
            for pause in (*self._times.poll_seconds, None):
                async with self._unit(units) as work:
                    if await self._take_once(IdempotencyKeyDao(work)):
                        return
                if pause is None or now() + pause > deadline:
                    break
                await asyncio.sleep(pause)
        raise KeyInUse()

    async def _take_once(self, dao: IdempotencyKeyDao) -> bool:
        """Take the key if it is new, or if its attempt died; tell whether it is ours now."""
        stored = await dao.find(self._caller, self._key)
        if stored is None:
            return await self._insert(dao, in_phases=True)
        self._check_answered(stored)
        if not await dao.take_over(stored.id, self._token, self._times.lease):
            return False
        self.operation_id, self.is_repeat = stored.id, True
        return True

    async def _insert(self, dao: IdempotencyKeyDao, *, in_phases: bool = False) -> bool:
        return await dao.insert(
            self.operation_id,
            self._token,
            caller=self._caller,
            key=self._key,
            fingerprint=self._keyring.fingerprint(self._content),
            status=KeyInUse.status,
            answer=self._keyring.seal(_in_use(dao.work.origin.request_id)),
            lease=self._times.lease if in_phases else None,
        )

    def _check_answered(self, stored: IdempotencyKey) -> None:
        """Answer from the record where there is an answer.

        Raises:
            Replay: the same request was answered before.
            KeyReused: another request used the key.
        """
        if not self._keyring.has_fingerprint(stored.fingerprint, self._content):
            raise KeyReused("Use a new key for each new request.")
        if not stored.is_answered or stored.status is None:
            return
        body = self._keyring.open(stored.answer) if stored.answer else ""
        replayed = Response(
            body,
            status_code=stored.status,
            media_type="application/json" if body else None,
            headers={"Idempotent-Replayed": "true"},
        )
        if stored.headers:
            for name, value in json.loads(self._keyring.open(stored.headers)):
                replayed.headers.append(name, value)
        raise Replay(replayed)

    @staticmethod
    @asynccontextmanager
    async def _unit(units: Units) -> AsyncIterator[UnitOfWork]:
        """Open a unit for the key's row alone: an anonymous caller's row belongs to no organization."""
        async with units.open(units.scope or SignInScope()) as work:
            yield work


def _in_use(request_id: str) -> str:
    """Write what release 0.1.0 answers a twin while the first request is under way."""
    problem = KeyInUse()
    return json.dumps(
        {
            "type": problem.slug,
            "title": problem.title,
            "status": problem.status,
            "detail": problem.detail,
            "instance": request_id,
            **problem.extensions,
        }
    )


async def _stop(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


def _is_refusal(error: BaseException) -> bool:
    return isinstance(error, RequestValidationError) or (isinstance(error, Problem) and error.status < 500)
