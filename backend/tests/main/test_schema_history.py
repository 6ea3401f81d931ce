"""This release's own migrations: they go up, down and up, and lead to exactly the models."""

import itertools

from capecontrol.main.migration import Consent, Migrator
from capecontrol.main.release import COMPATIBLE_REVISIONS

GIVEN = Consent(is_given=True, environment="test")


async def test_goes_up_down_and_up_and_leads_to_the_models(empty_database: str) -> None:
    migrator = Migrator(empty_database)
    up = await migrator.migrate(GIVEN)
    assert await migrator.differences() is None
    assert (await migrator.migrate(GIVEN, to="base")).after is None
    assert (await migrator.migrate(GIVEN)).after == up.after
    assert await migrator.differences() is None
    assert (await migrator.status()).is_compatible


async def test_revisions_sort_by_their_ids_and_the_newest_is_what_the_release_declares(empty_database: str) -> None:
    pending = (await Migrator(empty_database).status()).pending
    assert all(earlier < later for earlier, later in itertools.pairwise(pending))
    assert pending[-1] == COMPATIBLE_REVISIONS[1]
    assert COMPATIBLE_REVISIONS[0] in pending
