"""How an operation is called so that it would succeed: with a body, and about a fresh thing of the own organization."""

import uuid
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from capecontrol.core.crypto import new_secret
from tests.security.world import World


@dataclass(frozen=True)
class Call:
    """One request. ``ids`` fill the path, ``content`` is a raw body."""

    ids: Mapping[str, str] = field(default_factory=dict)
    json: Any = None
    content: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)

    def elsewhere(self) -> "Call":
        """The same call about a thing that does not exist."""
        ids = {name: _unknown(name) for name in self.ids}
        return Call(ids, self.json, self.content, self.headers, self.query)


def _unknown(name: str) -> str:
    return new_secret() if name == "token" else str(uuid.uuid4())


Maker = Callable[[World], Awaitable[Call]]


def plain(json_body: Any = None, **query: str) -> Maker:
    """A call that needs no thing."""

    async def make(world: World) -> Call:
        del world
        return Call(json=json_body, query=query)

    return make


def about(name: str, thing: Callable[[World], Awaitable[str]], json_body: Any = None) -> Maker:
    """A call about one thing, whose id stands in the path."""

    async def make(world: World) -> Call:
        return Call({name: await thing(world)}, json=json_body)

    return make
