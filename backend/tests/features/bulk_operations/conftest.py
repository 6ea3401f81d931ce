"""A world with an operator, and kinds of the tests' own."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest

from capecontrol.core.bulk.kind import BulkKind, BulkKinds
from capecontrol.core.bulk.turn import BulkTurn
from capecontrol.core.permissions import Permission
from capecontrol.core.ports import Ports
from capecontrol.features.system.bulk import REVIVE
from tests.kept_ports import kept
from tests.people import People
from tests.security.world import World

Act = Callable[[BulkTurn], Awaitable[None]]
Kind = Callable[..., AbstractContextManager[None]]


@pytest.fixture
async def world(people: People, owner_url: str) -> World:
    return await World.make(people, owner_url)


@pytest.fixture
def reviving(ports: Ports) -> Kind:
    """Puts an act of the test's own in place of the one that revives a letter."""

    @contextmanager
    def replace(act: Act, permission: Permission = REVIVE.permission) -> Iterator[None]:
        kind: BulkKind[Any] = BulkKind(
            name=REVIVE.name,
            permission=permission,
            filter=REVIVE.filter,
            find=REVIVE.find,
            name_of=REVIVE.name_of,
            act=act,
        )
        with kept(ports, BulkKinds):
            ports.provide(BulkKinds, BulkKinds([kind]))
            yield

    return replace
