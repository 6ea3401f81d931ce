"""Counts: the ledger outside against the database inside (source: the Jepsen way of telling lost, phantom, doubled)."""

import itertools
from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import text

from capecontrol.core.clock import SystemClock
from capecontrol.core.db.database import Database
from capecontrol.core.db.scope import PlatformScope
from ledger import Account
from sabotage import DOOMED
from traffic import PROJECT, USER

PROJECTS = "select id::text as id, title as key from projects where title like :prefix || '%'"
USERS = "select id::text as id, email as key from users where email like :prefix || '%'"
AUDITED = "select resource_id as id from audit_events where action = :action"
OPEN = "select count(*) from outbox where topic <> 'schedule.slot_due.v1' and done_at is null and dead_at is null"
DEAD = "select count(*) from outbox where topic <> 'schedule.slot_due.v1' and dead_at is not null"


@dataclass
class Inside:
    """What the database holds: ids by key, for each kind; and how often each id was audited."""

    projects: dict[str, list[str]] = field(default_factory=dict)
    users: dict[str, list[str]] = field(default_factory=dict)
    doomed: dict[str, list[str]] = field(default_factory=dict)
    audited_projects: Counter[str] = field(default_factory=Counter)
    audited_users: Counter[str] = field(default_factory=Counter)
    dead: int = 0

    @property
    def rows(self) -> dict[str, list[str]]:
        """Return all of them."""
        return {**self.projects, **self.users, **self.doomed}


class Observer:
    """Looks into the database."""

    def __init__(self, url: str) -> None:
        """Take its address."""
        self._database = Database(url)

    async def open_messages(self) -> int:
        """Return how many announcements are still on their way."""
        return int(str((await self._rows(OPEN))[0]["count"]))

    async def inside(self) -> Inside:
        """Return what is there."""
        return Inside(
            projects=await self._by_key(PROJECTS, PROJECT),
            users=await self._by_key(USERS, USER),
            doomed=await self._by_key(USERS, DOOMED),
            audited_projects=await self._audited("project.created"),
            audited_users=await self._audited("user.registered"),
            dead=int(str((await self._rows(DEAD))[0]["count"])),
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._database.close()

    async def _by_key(self, statement: str, prefix: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for row in await self._rows(statement, prefix=prefix):
            found.setdefault(str(row["key"]), []).append(str(row["id"]))
        return found

    async def _audited(self, action: str) -> Counter[str]:
        return Counter(str(row["id"]) for row in await self._rows(AUDITED, action=action))

    async def _rows(self, statement: str, **values: object) -> list[dict[str, object]]:
        async with self._database.transaction(PlatformScope("faults: count"), SystemClock().now) as transaction:
            return [dict(row) for row in (await transaction.connection.execute(text(statement), values)).mappings()]


@dataclass
class Verdict:
    """What went wrong, by kind: keys, so that one can look them up in the ledger and the logs."""

    faults: dict[str, list[str]]
    acknowledged: int
    indeterminate: int
    rolled_back: int
    mails: int
    raw_duplicates: int

    @property
    def is_clean(self) -> bool:
        """Tell whether nothing went wrong."""
        return not any(self.faults.values())


def judge(outside: Account, inside: Inside) -> Verdict:
    """Compare.

    lost: acknowledged and not there, or there under another id. phantom: there and never asked for, or refused for
    certain. doubled: there twice, or mailed under two message ids. undelivered: there and not mailed. ghost: mailed and
    not there. audit: there without exactly one audit event, or audited and not there.
    """
    rows = inside.rows
    expected_mails = {**inside.users, **inside.doomed}
    sent = {key: ids for key, ids in outside.mails.items() if key.startswith((USER, DOOMED))}
    project_ids = Counter(itertools.chain(*inside.projects.values()))
    user_ids = Counter(itertools.chain(*expected_mails.values()))
    undecided = set(outside.tried) - set(outside.acknowledged) - outside.refused
    return Verdict(
        faults={
            "lost": [key for key, told in outside.acknowledged.items() if told not in rows.get(key, [])],
            "phantom": [key for key in rows if key not in outside.tried or key in outside.refused],
            "doubled": [key for key, ids in rows.items() if len(ids) > 1]
            + [key for key, ids in sent.items() if len(set(ids)) > 1],
            "undelivered": [key for key in expected_mails if key not in sent],
            "ghost": [key for key in sent if key not in expected_mails],
            "audit": sorted((project_ids - inside.audited_projects) + (inside.audited_projects - project_ids))
            + sorted((user_ids - inside.audited_users) + (inside.audited_users - user_ids)),
            "dead letters": ["?"] * inside.dead,
        },
        acknowledged=len(outside.acknowledged),
        indeterminate=len(undecided),
        rolled_back=len([key for key in outside.tried if key not in rows]),
        mails=sum(len(ids) for ids in sent.values()),
        raw_duplicates=sum(len(ids) - len(set(ids)) for ids in sent.values()),
    )
