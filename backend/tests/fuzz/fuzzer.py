"""Sends generated requests to every operation, as each role that may call it, about things of their own."""

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI
from httpx import Response
from schemathesis import GenerationMode
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.openapi import from_dict
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from capecontrol.main.http.openapi.headers import HEADERS
from tests.client import Client
from tests.described_stream import DescribedStream
from tests.fuzz.cases import AnyCase, AnyOperation, draw
from tests.key_store import KeyStore
from tests.security.call import Call
from tests.security.callers import Callers
from tests.security.columns import SEATS
from tests.security.rows import EVERY_ROW, MACHINE_ROWS, ROWS
from tests.security.served import Operation, every_operation
from tests.security.world import World

SUCCESSES_MIN = 5
CHECKS = [status_code_conformance, content_type_conformance, response_schema_conformance]


@dataclass(frozen=True, slots=True)
class Effort:
    """How much to send: requests of each kind for each operation and role."""

    valid: int = int(os.environ.get("FUZZ_VALID", "3"))
    invalid: int = int(os.environ.get("FUZZ_INVALID", "2"))
    seed: int = int(os.environ.get("FUZZ_SEED", "20261121"))


@dataclass
class Tally:
    """What came of it."""

    statuses: Counter[int] = field(default_factory=Counter)
    successes: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(self.statuses.values())


class Fuzzer:
    """One run over one operation."""

    def __init__(self, app: FastAPI, world: World, callers: Callers, store: KeyStore, effort: Effort) -> None:
        self._operations = every_operation(app)
        schema = from_dict(app.openapi())
        self._described: Mapping[str, AnyOperation] = {
            operation.definition.raw["operationId"]: operation
            for result in schema.get_all_operations()
            if isinstance(result, Ok)
            for operation in [result.ok()]
        }
        self._world = world
        self._callers = callers
        self._app = app
        self._store = store
        self._effort = effort

    @staticmethod
    def roles(name: str) -> list[str]:
        """Return who may call an operation: each role that the matrix lets in, a stranger, or a machine."""
        if name in MACHINE_ROWS:
            return ["key"]
        row = ROWS[name]
        if row.lets_in("non") or row.never_succeeds:
            return ["non"]
        at_home = (column for column, seat in SEATS.items() if not seat.is_foreign and seat.is_onboarded)
        return [column for column in at_home if row.lets_in(column)]

    async def run(self, name: str) -> Tally:
        """Send generated requests to an operation as each role that may call it."""
        tally, row, operation, described = Tally(), EVERY_ROW[name], self._operations[name], self._described[name]
        effort = self._effort
        valid = draw(described, GenerationMode.POSITIVE, effort.valid, effort.seed)
        invalid = draw(described, GenerationMode.NEGATIVE, effort.invalid, effort.seed)
        for role in self.roles(name):
            client = await self._caller(role)
            call, successes = await row.call(self._world), 0
            requests: list[tuple[AnyCase | None, bool]] = [(case, True) for case in valid]
            requests += [(case, False) for case in invalid]
            # Where what was made up did not fit the state of things, plain requests show that the role gets in.
            requests += [(None, True)] * SUCCESSES_MIN
            for case, keeps in requests:
                if case is None and (successes >= SUCCESSES_MIN or row.never_succeeds):
                    continue
                if row.ends_session and successes:
                    client = await self._caller(role)
                answer = await self._send(client, operation, call, case, keeps=keeps)
                tally.statuses[answer.status_code] += 1
                self._judge(tally, name, role, case, answer)
                if answer.is_success:
                    successes += 1
                    if operation.is_unsafe:
                        call = await row.call(self._world)
            tally.successes[role] = successes
            if successes < SUCCESSES_MIN and not row.never_succeeds:
                tally.faults.append(f"{name} as {role}: {successes} answers with 2xx")
        return tally

    async def _caller(self, role: str) -> Client:
        if role == "key":
            return Client(self._app, self._store.issue(org_ids=(self._world.own,)))
        return await self._callers.get(role, role, fresh=True)

    async def _send(
        self, client: Client, operation: Operation, call: Call, case: AnyCase | None, *, keeps: bool
    ) -> Response:
        ids, query = dict(call.ids), dict(call.query)
        options: dict[str, Any] = {} if call.content is None else {"content": call.content}
        body, headers = call.json, dict(call.headers)
        if case is not None:
            query = {**_texts(case.query), **(call.query if keeps else {})}
            if not keeps and case.path_parameters:
                ids = {name: str(value) or "-" for name, value in case.path_parameters.items()}
            if call.content is None and operation.route.body_field is not None:
                body = _merged(case.body, call.json, EVERY_ROW[operation.id].fuzz_keeps if keeps else None)
            headers |= _headers(case, EVERY_ROW[operation.id].proof_headers)
        path = operation.path
        for name, value in ids.items():
            path = path.replace("{" + name + "}", _quoted(value))
        return await client.request(operation.method, path, json=body, params=query, headers=headers, **options)

    def _judge(self, tally: Tally, name: str, role: str, case: AnyCase | None, answer: Response) -> None:
        where = f"{name} as {role}: {answer.status_code}"
        if answer.status_code not in (EVERY_ROW[name].fuzz or ()):
            tally.faults.append(f"{where} is not in its row's `fuzz`: {answer.text[:200]}")
        documented = self._described[name].definition.raw["responses"]
        if str(answer.status_code) not in documented:
            tally.faults.append(f"{where} is not in the OpenAPI document")
        tally.faults += [f"{where} {fault}" for fault in self._faults_of_headers(documented, answer)]
        if answer.headers.get("content-type", "").startswith("text/event-stream"):
            # The schema of a stream is that of the data of its events, which the library takes for the whole answer.
            described = DescribedStream(self._app.openapi(), self._operations[name].path)
            tally.faults += [f"{where} {fault}"[:400] for fault in described.faults(answer.text)]
        elif case is not None:
            try:
                case.validate_response(answer, checks=CHECKS)
            except FailureGroup as group:
                tally.faults += [f"{where} {failure.title}: {failure.message}"[:400] for failure in group.exceptions]

    def _faults_of_headers(self, documented: Mapping[str, Any], answer: Response) -> Iterator[str]:
        """Yield the headers of the contract that are sent and not described, or the other way round."""
        response = documented.get(str(answer.status_code), {})
        if "$ref" in response:
            response = self._app.openapi()["components"]["responses"][response["$ref"].rpartition("/")[2]]
        for name, header in HEADERS.items():
            is_described, is_sent = name in response.get("headers", {}), name in answer.headers
            if is_sent and not is_described:
                yield f"has {name}, which is not described"
            if is_described and header.get("required") and not is_sent:
                yield f"lacks {name}"


def _texts(query: Mapping[str, Any] | None) -> dict[str, Any]:
    return {str(name): value for name, value in (query or {}).items() if value is not None}


def _headers(case: AnyCase, proofs: Set[str]) -> dict[str, str]:
    """Return generated headers that HTTP can carry; the credentials stay ours."""
    ours = {"authorization", "cookie", "content-type", "content-length", "host", "user-agent", "transfer-encoding"}
    ours.add("x-csrf-token")
    ours |= proofs
    return {
        name: value
        for name, value in (case.headers or {}).items()
        if name.lower() not in ours and isinstance(value, str) and value.isascii() and value.isprintable()
    }


def _merged(made_up: Any, true: Any, kept: Set[str] | None) -> Any:
    """Return a generated body: with members of the true one that are kept, or None for nothing of it."""
    if not isinstance(made_up, dict):
        return made_up if kept is None and _is_json(made_up) else true
    body = {str(name): value for name, value in made_up.items() if _is_json(value)}
    if kept and isinstance(true, dict):
        body |= {name: value for name, value in true.items() if name in kept}
    return body


def _is_json(value: Any) -> bool:
    return isinstance(value, str | int | float | bool | list | dict) or value is None


def _quoted(value: str) -> str:
    return "".join(
        character if character.isascii() and (character.isalnum() or character in "-_~") else f"%{byte:02X}"
        for character in value
        for byte in (character.encode("utf-8", "surrogatepass") if not character.isalnum() else b"-")
    )
