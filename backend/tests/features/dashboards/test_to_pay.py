"""What a client is asked to pay: all that was approved and is not paid, in each currency, however much there is."""

from datetime import timedelta
from typing import Any

from tests.features.billing.conftest import Shop
from tests.features.dashboards.test_dashboard import dashboard, send
from tests.moving_clock import MovingClock

#: More than are looked through, or listed.
MANY = 205
TO_PAY = 200


def lines(amount: int, currency: str = "ZAR") -> list[dict[str, object]]:
    return [
        {
            "description": "Lead capture workflow", "quantity": "1",
            "unit_price": {"amount": amount, "currency": currency}, "tax_rate": "0.00",
        }
    ]  # fmt: skip


def money(amount: int, currency: str = "ZAR") -> dict[str, Any]:
    return {"amount": amount, "currency": currency}


#: Copies of an approved proposal, each a minute younger than the one before, with a project of its own.
COPIES = """
with copies as (
  select p.*, project.project, to_jsonb(p) || jsonb_build_object(
    'id', gen_random_uuid(), 'project_id', project.id, 'viewing_token_hash', null,
    'updated_at', p.updated_at + n * interval '1 minute'
  ) as proposal
  from proposals p, generate_series(1, :many) n, lateral (
    select made.id, to_jsonb(o) || jsonb_build_object('id', made.id, 'code', o.code || '-' || n) as project
    from projects o, lateral (select gen_random_uuid() as id, n) made where o.id = p.project_id
  ) project
  where p.id = :id
), made as (
  insert into projects select made.* from copies, jsonb_populate_record(null::projects, project) made returning id
)
insert into proposals select made.* from copies, jsonb_populate_record(null::proposals, proposal) made
returning id
"""
PAID = """
insert into payment_intents (id, org_id, proposal_id, amount, currency, status, created_by, created_at, updated_at)
select gen_random_uuid(), org_id, id, total, currency, 'SUCCEEDED', id, updated_at, updated_at
from proposals where status = 'APPROVED' and id != :id returning id
"""


async def test_each_currency_has_its_sum(shop: Shop) -> None:
    await shop.paid(lines(7_000))
    await shop.paid(lines(5_000, "EUR"))
    for amount, currency in ((30_000, "ZAR"), (1_000, "EUR"), (40_000, "ZAR"), (2_000, "USD")):
        await shop.approved(lines(amount, currency))

    page = await dashboard(shop.owner)

    assert page["paid"] == [money(5_000, "EUR"), money(7_000)]
    assert page["open"] == [money(1_000, "EUR"), money(2_000, "USD"), money(70_000)]


async def test_it_was_paid_when_the_intents_clock_says(shop: Shop, clock: MovingClock) -> None:
    """Not by PostgreSQL's own, which may go before or behind that of all else that a proposal tells."""
    clock.advance(timedelta(hours=3))
    await shop.paid(lines(7_000))
    (kept,) = await shop.rows(
        "select proposals.paid_at, payment_intents.updated_at, decided_at <= paid_at as is_after from proposals "
        "join payment_intents on proposal_id = proposals.id where paid_at is not null"
    )
    assert kept["paid_at"] == kept["updated_at"]
    assert kept["is_after"]


async def test_what_is_unpaid_is_found_behind_any_number_that_are_paid(shop: Shop) -> None:
    unpaid = await shop.approved(lines(30_000))
    assert len(await shop.rows(COPIES, id=unpaid["id"], many=MANY)) == MANY
    assert len(await shop.rows(PAID, id=unpaid["id"])) == MANY

    page = await dashboard(shop.owner)

    assert page["open"] == [money(30_000)]
    assert [need["link"] for need in page["needs_you"]] == [f"/proposals/{unpaid['id']}"]


async def test_the_sum_is_of_more_than_is_listed(shop: Shop) -> None:
    oldest = await shop.approved(lines(30_000))
    await shop.rows(COPIES, id=oldest["id"], many=MANY)
    newest = await shop.rows("select id from proposals order by updated_at desc limit :limit", limit=TO_PAY)

    page = await dashboard(shop.owner)

    assert page["open"] == [money(30_000 * (MANY + 1))]
    assert [need["link"] for need in page["needs_you"]] == [f"/proposals/{row['id']}" for row in newest]


async def test_what_has_waited_longest_for_a_decision_comes_first_and_after_what_is_to_be_paid(shop: Shop) -> None:
    asked = [await send(shop) for _ in range(3)]
    approved = [await shop.approved(lines(30_000)) for _ in range(2)]
    elsewhere = await shop.people.owner("Other")

    page = await dashboard(shop.owner)

    expected = [*reversed(approved), *asked]
    assert [need["link"] for need in page["needs_you"]] == [f"/proposals/{one['id']}" for one in expected]
    assert page["needs_you"][0]["reason"].startswith(f"{approved[1]['project_code']} v1 is approved")
    assert page["needs_you"][-1]["reason"].startswith(f"{asked[2]['project_code']} v1 is awaiting your decision")
    assert (await dashboard(elsewhere))["needs_you"] == []
