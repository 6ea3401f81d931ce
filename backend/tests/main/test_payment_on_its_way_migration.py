"""The upgrade to payments that are on their way: what 0.1.0 left unclear is told, and asked about once more."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from capecontrol.main.database.migration import Migrator
from tests.servers import MIGRATING

BEFORE, AFTER = "20261123_1441", "20261123_1445"
#: An organization with an approved proposal for each case, as code of before left it.
ROWS = """
with o as (
  insert into organizations (id, name, domain, plan, status, settings, created_at, updated_at)
  values (gen_random_uuid(), 'Harbour', 'harbour', 'FREE', 'ACTIVE', '{}', now(), now()) returning id
), wanted (title, intent, money, age) as (
  values ('in review', 'FAILED', 'UNAPPLIED', '1 day'::interval), ('doubled', 'SUCCEEDED', 'UNAPPLIED', '1 day'),
    ('expired', 'EXPIRED', null, '1 day'), ('expired long ago', 'EXPIRED', null, '31 days')
), p as (
  insert into projects (id, org_id, code, title, description, status, revision, created_at, updated_at)
  select gen_random_uuid(), o.id, title, title, '', 'APPROVED', 1, now(), now() from o, wanted returning id, org_id,
    title
), q as (
  insert into proposals (id, org_id, project_id, version, status, title, summary, terms, line_items, currency,
    tax_inclusive, tax_rule, subtotal, tax, total, revision, content_hash, sent_at, valid_until, created_at, updated_at)
  select gen_random_uuid(), org_id, id, 1, 'APPROVED', title, '', '', '[]', 'ZAR', false, 'LINE', 1, 0, 1, 1, 'x',
    now(), now(), now(), now() from p returning id, org_id, title
), i as (
  insert into payment_intents (id, org_id, proposal_id, amount, currency, status, checkout_session_id, created_by,
    created_at, updated_at)
  select gen_random_uuid(), q.org_id, q.id, 1, 'ZAR', w.intent, 'cs_' || w.title, q.id, now() - w.age, now() - w.age
  from q join wanted w using (title) returning id, org_id, proposal_id
)
insert into payments (id, org_id, payment_intent_id, provider_payment_id, amount, currency, status, received_at,
  created_at)
select gen_random_uuid(), i.org_id, i.id, 'pi_' || w.title, 1, 'ZAR', w.money, now(), now()
from i join q on q.id = i.proposal_id join wanted w using (title) where w.money is not null
"""
TOLD = """
select title, payment_progress, confirmed_at is null as is_asked from proposals
join payment_intents on proposal_id = proposals.id order by title
"""


async def _do(url: str, statement: str) -> list[tuple[object, ...]]:
    engine = create_async_engine(url, poolclass=NullPool)
    async with engine.begin() as connection:
        await connection.execute(text("set local role capecontrol_system"))
        answer = await connection.execute(text(statement))
        rows = [tuple(row) for row in answer] if answer.returns_rows else []
    await engine.dispose()
    return rows


async def test_what_was_unclear_is_told_and_asked_about_once_more(empty_database: str) -> None:
    migrator = Migrator(empty_database)
    await migrator.migrate(MIGRATING, to=BEFORE)
    await _do(empty_database, ROWS)
    await _do(empty_database, "update proposals set paid_at = now() where title = 'doubled'")

    await migrator.migrate(MIGRATING, to=AFTER)

    assert await _do(empty_database, TOLD) == [
        ("doubled", None, True),
        ("expired", None, True),
        ("expired long ago", None, False),
        ("in review", "IN_REVIEW", True),
    ]


async def test_a_debit_that_is_on_its_way_is_an_open_page_for_the_release_before(empty_database: str) -> None:
    migrator = Migrator(empty_database)
    await migrator.migrate(MIGRATING, to=AFTER)
    await _do(empty_database, ROWS)
    await _do(empty_database, "update payment_intents set status = 'PROCESSING' where status = 'EXPIRED'")

    await migrator.migrate(MIGRATING, to=BEFORE)

    statuses = await _do(empty_database, "select status, count(*) from payment_intents group by 1 order by 1")
    assert statuses == [("CHECKOUT_OPEN", 2), ("FAILED", 1), ("SUCCEEDED", 1)]
