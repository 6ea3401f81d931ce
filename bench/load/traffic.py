"""What people do, in the proportions that a working day has: 88 % reads, 10 % writes, 2 % renewals."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence

from bench.load.connection import Answer, Request
from bench.load.open_loop import Follow
from bench.load.people import Crowd, Person, renewal, take_tokens
from bench.load.visitor import PASSWORD

#: Shares in percent. A client looks at their own few things again and again; staff look at everybody's.
CLIENT_READS = {
    "GET /api/auth/me": 16,
    "GET /api/dashboard": 12,
    "GET /api/projects": 12,
    "GET /api/projects/ID": 9,
    "GET /api/projects/ID/activity": 7,
    "GET /api/proposals": 6,
    "GET /api/proposals/ID": 6,
    "GET /api/billing/invoices": 4,
    "GET /api/billing/invoices/ID": 1,
    "GET /api/workflows": 2,
    "GET /api/workflows/ID/executions": 1,
}
STAFF_READS = {
    "GET /api/auth/me": 2,
    "GET /api/dashboard": 2,
    "GET /api/projects": 2,
    "GET /api/projects/ID": 2,
    "GET /api/projects/ID/activity": 1.5,
    "GET /api/proposals": 1,
    "GET /api/billing/invoices": 0.5,
    "GET /api/workflows": 0.4,
    "GET /api/workflows/ID/executions": 0.3,
    "GET /api/audit": 0.2,
    "GET /api/orgs": 0.1,
}
WRITES = {
    "POST /api/projects": 3,
    "PATCH /api/projects/ID": 4,
    "PATCH /api/proposals/ID": 2.9,
    "POST /api/proposals/ID/send": 0.1,
}
RENEWALS = 2
KINDS = {"projects": "projects", "proposals": "proposals", "billing": "invoices", "workflows": "workflows"}


class Traffic:
    """Draws requests for a crowd."""

    def __init__(self, crowd: Crowd, seed: int) -> None:
        self._crowd = crowd
        self._dice = random.Random(seed)
        self._being_changed: set[str] = set()
        self._unsent = list(dict.fromkeys(crowd.staff[0].visible["drafts"]))
        # What is sent is no draft any more: one half is edited, the other sent.
        self._edited = [self._unsent.pop() for _ in range(len(self._unsent) // 2)]
        self._groups: list[tuple[str, Mapping[str, float]]] = [
            ("client", CLIENT_READS),
            ("staff", STAFF_READS),
            ("write", WRITES),
            ("renewal", {"POST /api/auth/refresh": RENEWALS}),
        ]
        self._names = [(group, name) for group, shares in self._groups for name in shares]
        self._weights = [share for _, shares in self._groups for share in shares.values()]

    def draw(self) -> tuple[Request, Follow | None]:
        """Draw who does what next."""
        group, name = self._dice.choices(self._names, self._weights)[0]
        match group:
            case "client":
                return self._read(name, self._dice.choice(self._crowd.clients), name), None
            case "staff":
                return self._read(f"{name} (staff)", self._dice.choice(self._crowd.staff), name), None
            case "write":
                return self._write(name, self._dice.choice(self._crowd.staff))
            case _:
                return self._renew()

    def sign_in(self) -> tuple[Request, Follow | None]:
        """Draw somebody who signs in with their password."""
        body = json.dumps({"email": self._dice.choice(self._crowd.emails), "password": PASSWORD}).encode()
        return Request("POST /api/auth/login", "POST", "/api/auth/login", self._crowd.csrf, body), None

    def _read(self, title: str, person: Person, name: str) -> Request:
        path = name.removeprefix("GET ")
        if "/ID" in path:
            kind = next(kind for part, kind in KINDS.items() if f"/{part}/" in path)
            ids = person.visible[kind]
            if not ids:
                # Somebody without one looks at the list instead.
                return Request(
                    title.replace("/ID", "", 1).split("/executions")[0].split("/activity")[0],
                    "GET",
                    path.split("/ID")[0],
                    person.headers,
                )
            path = path.replace("ID", self._dice.choice(ids))
        return Request(title, "GET", path, person.headers)

    def _write(self, name: str, person: Person) -> tuple[Request, Follow | None]:
        method, _, path = name.partition(" ")
        headers = person.headers | self._crowd.csrf
        words = f"Quoted in week {self._dice.randrange(1, 53)}"
        match name:
            case "POST /api/projects":
                org_id = self._dice.choice(person.visible["organizations"])
                body: dict[str, str] | None = {"org_id": org_id, "title": words, "description": "As agreed."}
            case "PATCH /api/projects/ID":
                path = self._free(path, person.visible["projects"])
                body = {"description": words}
            case "PATCH /api/proposals/ID":
                path = self._free(path, self._edited)
                body = {"summary": words}
            case _:
                if not self._unsent:
                    return self._write("PATCH /api/proposals/ID", person)
                path = path.replace("ID", self._unsent.pop())
                body = None
        request = Request(name, method, path, headers, json.dumps(body).encode() if body is not None else b"")
        self._being_changed.add(path)
        return request, lambda _answer: self._being_changed.discard(path)

    def _free(self, path: str, ids: Sequence[str]) -> str:
        """Draw the address of what nobody is changing now: of two at once one would be refused (412), and rightly.

        On a server that has fallen behind all may be; then it is any of them.
        """
        free = [one for each in ids if (one := path.replace("ID", each)) not in self._being_changed]
        return self._dice.choice(free) if free else path.replace("ID", self._dice.choice(ids))

    def _renew(self) -> tuple[Request, Follow | None]:
        person = self._dice.choice(self._crowd.clients)
        while person.is_renewing:
            person = self._dice.choice(self._crowd.clients)
        person.is_renewing = True

        def follow(answer: Answer | None) -> None:
            # Who was refused has no token to renew with, and is not asked again.
            if answer is not None:
                take_tokens(person, answer.body)

        return renewal(person, self._crowd.csrf), follow
