"""Queries of templates."""

from sqlalchemy import bindparam

from capecontrol.core.dao import Dao
from capecontrol.core.db.sort_text import sort_text
from capecontrol.core.db.word_search import text_has_words
from capecontrol.core.lists.page_read import PageRead
from capecontrol.core.lists.pagination import PageQuery, Slice
from capecontrol.features.workflows.filters import TemplateFilter
from capecontrol.features.workflows.models import WorkflowTemplate


class TemplateDao(Dao[WorkflowTemplate]):
    """Templates: the platform's."""

    model = WorkflowTemplate
    owner = None

    async def current(self, wanted: TemplateFilter, query: PageQuery) -> Slice[WorkflowTemplate]:
        """Return a page of the templates' current versions."""
        return await TEMPLATES.page(self.work, query, **wanted.values())


TEMPLATES = PageRead(
    WorkflowTemplate,
    WorkflowTemplate.is_current,
    sorts={"name": sort_text(WorkflowTemplate.name)},
    owner=None,
    category=WorkflowTemplate.category == bindparam("category"),
    q=text_has_words(WorkflowTemplate.name, WorkflowTemplate.description, WorkflowTemplate.category),
)
