"""Those who use a large installation: sessions of known tokens, and what each of them may look at."""

from __future__ import annotations

import asyncio
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from bench.load.connection import Connections, Request
from bench.load.large import Installation
from capecontrol.local.postgres import EmbeddedPostgres
from capecontrol.local.postgres_logins import APP_DATABASE

STAFF_SESSIONS = 40
#: How many renewals run at once while everybody comes in.
AT_ONCE = 8
DEVICE = "bench"

# Clients in proportion to the size of their organizations: those of a drawn project, their people in turn.
CHOOSE = """
with drawn as (
  select org_id, row_number() over () as n
  from (select org_id from projects order by md5(id::text) limit :'clients'::int) as made
), clients as (
  select (
    select u.id from users u where u.org_id = d.org_id order by u.email
    offset d.n % (select count(*) from users m where m.org_id = d.org_id) limit 1
  ) as user_id, d.org_id from drawn d
), staff as (
  select id as user_id, null::uuid as org_id
  from users, generate_series(1, 40) n where email like 'staff-%@load.test' and role = 'OPERATOR' limit :'staff'::int
)
select json_agg(json_build_array(user_id, org_id))
from (select * from staff union all select * from clients) as everybody;
"""
FORGET = "delete from sessions where device = :'device';"
ADMIT = """
with given as (
  select (one ->> 0)::uuid as user_id, (one ->> 1)::uuid as org_id, one ->> 2 as token_hash,
    gen_random_uuid() as session_id
  from json_array_elements(:'sessions'::json) one
), begun as (
  insert into sessions (id, org_id, user_id, device, is_remembered, last_seen_at, expires_at, created_at)
  select session_id, org_id, user_id, :'device', false, now(), now() + interval '1 day', now() from given
)
insert into refresh_tokens (id, org_id, session_id, token_hash, created_at)
select gen_random_uuid(), org_id, session_id, token_hash, now() from given;
"""
# What a client's pages link to: the newest of each.
VISIBLE = """
select json_object_agg(o.id, json_build_object(
  'projects', (select json_agg(id) from (
    select id from projects where org_id = o.id order by created_at desc limit 20) x),
  'proposals', (select json_agg(id) from (
    select id from proposals where org_id = o.id and status <> 'DRAFT' order by created_at desc limit 20) x),
  'invoices', (select json_agg(id) from (
    select id from invoices where org_id = o.id order by created_at desc limit 20) x),
  'workflows', (select json_agg(id) from (
    select id from workflow_instances where org_id = o.id and status <> 'REMOVED' order by created_at desc limit 20) x)
)) from organizations o where o.id in (select org_id from sessions where device = :'device');
"""
# What staff turn to: anything, and the drafts that they write.
ANYTHING = """
select json_build_object(
  'projects', (select json_agg(id) from (select id from projects order by md5(id::text) desc limit 2000) x),
  'proposals', (select json_agg(id) from (
    select id from proposals where status <> 'DRAFT' order by md5(id::text) limit 2000) x),
  'invoices', (select json_agg(id) from (select id from invoices order by md5(id::text) limit 2000) x),
  'workflows', (select json_agg(id) from (
    select id from workflow_instances where status <> 'REMOVED' order by md5(id::text) limit 2000) x),
  'drafts', (select json_agg(id) from (
    select id from proposals where status = 'DRAFT' order by md5(id::text) limit 1000) x),
  'organizations', (select json_agg(id) from (select id from organizations order by md5(id::text) limit 2000) x)
);
"""


@dataclass
class Person:
    """One session: the tokens of the moment, and ids of what is visible to it."""

    org_id: str | None
    refresh_token: str
    access_token: str = ""
    visible: dict[str, list[str]] = field(default_factory=dict)
    is_renewing: bool = False

    @property
    def headers(self) -> dict[str, str]:
        """What its requests carry."""
        return {"Authorization": f"Bearer {self.access_token}"}


@dataclass
class Crowd:
    """Everybody, and what all unsafe requests of a browser carry."""

    clients: list[Person]
    staff: list[Person]
    csrf: dict[str, str]
    emails: list[str]


async def admit(installation: Installation, server: Connections, sessions: int) -> Crowd:
    """Begin sessions with known refresh tokens and renew each once, over HTTP, so that it has an access token."""
    postgres = installation.postgres
    chosen = _ask(postgres, CHOOSE, clients=str(sessions - STAFF_SESSIONS), staff=str(STAFF_SESSIONS))
    people = [Person(org_id, secrets.token_urlsafe(32)) for _, org_id in chosen]
    begun = [
        [user_id, org_id, hashlib.sha256(person.refresh_token.encode()).hexdigest()]
        for (user_id, org_id), person in zip(chosen, people, strict=True)
    ]
    postgres.run_sql(FORGET, database=APP_DATABASE, device=DEVICE)
    postgres.run_sql(ADMIT, database=APP_DATABASE, device=DEVICE, sessions=json.dumps(begun))
    visible = _ask(postgres, VISIBLE, device=DEVICE)
    anything = _ask(postgres, ANYTHING)
    for person in people:
        person.visible = {
            kind: ids or [] for kind, ids in (visible[person.org_id] if person.org_id else anything).items()
        }
    told = json.loads((await server.ask(Request("csrf", "GET", "/api/auth/csrf"))).body)
    csrf = {"X-CSRF-Token": told["csrf_token"], "Cookie": f"csrftoken={told['csrf_token']}"}
    places = asyncio.Semaphore(AT_ONCE)

    async def come_in(person: Person) -> None:
        async with places:
            answer = await server.ask(renewal(person, csrf))
        if not answer.is_success:
            raise RuntimeError(f"a session cannot be renewed: {answer.status} {answer.body.decode()[:300]}")
        take_tokens(person, answer.body)

    await asyncio.gather(*(come_in(person) for person in people))
    emails = _ask(
        postgres, "select json_agg(email) from (select email from users where org_id is not null limit 500) x;"
    )
    return Crowd([one for one in people if one.org_id], [one for one in people if not one.org_id], csrf, emails)


def renewal(person: Person, csrf: dict[str, str]) -> Request:
    """Return the request that renews a session."""
    body = json.dumps({"refresh_token": person.refresh_token}).encode()
    return Request("POST /api/auth/refresh", "POST", "/api/auth/refresh", csrf, body)


def take_tokens(person: Person, body: bytes) -> None:
    """Keep the tokens of a renewal's answer."""
    told = json.loads(body)
    person.access_token, person.refresh_token = told["access_token"], told["refresh_token"]
    person.is_renewing = False


def _ask(postgres: EmbeddedPostgres, query: str, **variables: str) -> Any:
    return json.loads(postgres.run_sql(query, database=APP_DATABASE, **variables))
