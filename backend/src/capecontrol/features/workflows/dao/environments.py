"""Queries of n8n servers."""

import uuid

from sqlalchemy.exc import IntegrityError

from capecontrol.core.dao import Dao
from capecontrol.core.db.sort_text import sort_text
from capecontrol.core.db.word_search import text_has_words
from capecontrol.core.lists.page_read import PageRead
from capecontrol.core.lists.pagination import PageQuery, Slice
from capecontrol.features.workflows.filters import EnvironmentFilter
from capecontrol.features.workflows.models import N8nEnvironment


class EnvironmentDao(Dao[N8nEnvironment]):
    """Environments: the platform's."""

    model = N8nEnvironment
    owner = None

    async def has_name(self, name: str, *, besides: uuid.UUID | None = None) -> bool:
        """Tell whether another environment has the name."""
        statement = self.select().where(N8nEnvironment.name == name)
        if besides is not None:
            statement = statement.where(N8nEnvironment.id != besides)
        return await self.one(statement) is not None

    async def save(self) -> bool:
        """Send the changes; tell whether a unique name or a reference from elsewhere let them pass.

        When not, the unit of work is lost: raise, and it is rolled back.
        """
        try:
            await self.session.flush()
        except IntegrityError:
            return False
        return True

    async def search(self, wanted: EnvironmentFilter, query: PageQuery) -> Slice[N8nEnvironment]:
        """Return a page of environments."""
        return await ENVIRONMENTS.page(self.work, query, **wanted.values())


ENVIRONMENTS = PageRead(
    N8nEnvironment,
    sorts={"name": sort_text(N8nEnvironment.name)},
    owner=None,
    q=text_has_words(N8nEnvironment.name, N8nEnvironment.base_url),
)
