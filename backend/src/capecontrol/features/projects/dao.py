"""Queries of projects."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ARRAY,
    BindParameter,
    ColumnElement,
    FromClause,
    Integer,
    Select,
    SQLColumnExpression,
    Subquery,
    Text,
    Uuid,
    any_,
    bindparam,
    case,
    cast,
    func,
    insert,
    inspect,
    literal_column,
    select,
)
from sqlalchemy.orm.attributes import instance_dict

from capecontrol.core.dao import Dao
from capecontrol.core.db.base import columns_of
from capecontrol.core.db.columns_for import columns_for
from capecontrol.core.db.constant import constant
from capecontrol.core.db.open_end import at_or_after
from capecontrol.core.db.prepared_statement import PreparedStatement
from capecontrol.core.db.session import stamp_new
from capecontrol.core.db.sort_text import sort_text
from capecontrol.core.db.word_search import WordSearch
from capecontrol.core.export.span import BEGAN_AT
from capecontrol.core.figures import Figure
from capecontrol.core.lists.page_read import PageRead
from capecontrol.core.lists.pagination import PageQuery, Slice
from capecontrol.core.record_search import RecordKind, RecordSearch
from capecontrol.core.scoped_read import ScopedRead
from capecontrol.core.series import number_to_take
from capecontrol.features.organizations.interface import organizations_to_join
from capecontrol.features.projects.filters import ProjectFilter
from capecontrol.features.projects.lifecycle import ProjectProposalStatus, ProjectStatus
from capecontrol.features.projects.models import Project, ProjectToken
from capecontrol.features.projects.permissions import PROJECTS_READ
from capecontrol.features.projects.summary import OwnedProject, ProjectSummary

#: How many digits a code has at least.
CODE_DIGITS = 3


class ProjectDao(Dao[Project]):
    """Projects within the scope."""

    model = Project

    async def add_numbered(self, row: Project, year: int) -> None:
        """Insert a project and give it the next code of a year, whose counter is locked until the unit ends.

        Raises:
            TypeError: a column is not given that may not be null or has a default: defaults do not apply.
        """
        stamp_new(row, self.work.now())
        given = instance_dict(row)
        if missing := {name for name in _REQUIRED if given.get(name) is None}:
            raise TypeError(f"a project is not inserted without {', '.join(sorted(missing))}")
        values = {name: given.get(name) for name in _GIVEN}
        row.code = await _INSERT.one(self.work.transaction, kind="project", year=year, prefix=f"PRJ-{year}-", **values)

    async def ids(self, wanted: ProjectFilter, limit: int) -> list[uuid.UUID]:
        """Return the ids of the first projects of a search."""
        return await PROJECTS.ids(self.work, limit, **wanted.values())

    async def note_proposal(
        self, project_id: uuid.UUID, status: ProjectProposalStatus, valid_until: datetime | None
    ) -> bool:
        """Note what has come of a project's newest proposal and until when that counts; tell whether it is there.

        Its revision stays: nobody edits this, and whoever is editing the title is not refused because of it.
        """
        noted = {"proposal_status": status, "proposal_valid_until": valid_until}
        return await self.update_where(Project.id == project_id, **noted) == 1

    async def owned_by_ids(self, ids: Iterable[uuid.UUID]) -> list[OwnedProject]:
        """Return the projects of these ids and whose they are, in no order."""
        wanted = list(ids)
        return await _OWNED.all(self.work, ids=wanted) if wanted else []

    async def search(self, wanted: ProjectFilter, query: PageQuery) -> Slice[Project]:
        """Return a page of projects."""
        return await PROJECTS.page(self.work, query, **wanted.values())

    async def underway(self, limit: int) -> list[ProjectSummary]:
        """Return the projects that are not over, the last changed first."""
        return await _UNDERWAY.all(self.work, rows=limit)


_GIVEN = columns_of(Project).keys() - {"code"}
_REQUIRED = {
    name for name in _GIVEN if not (column := inspect(Project).columns[name]).nullable or column.default is not None
}


def _insert() -> PreparedStatement[str]:
    digits = cast(number_to_take(), Text)
    code = bindparam("prefix", type_=Text) + func.lpad(digits, func.greatest(CODE_DIGITS, func.length(digits)), "0")
    values: dict[str, ColumnElement[Any]] = {name: bindparam(name) for name in sorted(_GIVEN)}
    return PreparedStatement(insert(Project).values(code=code, **values).returning(Project.code), str)


_INSERT = _insert()
#: By code: as the numbers in it count, also beyond the digits that it is filled up to.
_CODE_ORDER = literal_column(
    """("left"((projects.code collate "C"), 9) || lpad(substr(projects.code, 10), 9, '0'))""", Text
)
_WORDS = WordSearch(ProjectToken.token, ProjectToken.project_id, ProjectToken.org_id)
PROJECTS = PageRead(
    Project,
    sorts={"updated_at": Project.updated_at, "code": _CODE_ORDER, "title": sort_text(Project.title)},
    status=Project.status == bindparam("status"),
    org_id=Project.org_id == bindparam("org_id"),
    since=Project.created_at >= bindparam("since"),
    until=Project.created_at < bindparam("until"),
    words=_WORDS,
)


_SUMMARY = columns_for(
    ProjectSummary,
    id=Project.id,
    org_id=Project.org_id,
    code=Project.code,
    title=Project.title,
    status=Project.status,
    proposal_status=Project.proposal_status,
    proposal_valid_until=Project.proposal_valid_until,
    updated_at=Project.updated_at,
)


def proposal_status_shown() -> ColumnElement[str]:
    """Return what counts when an export begins, as ``lifecycle.proposal_status_at`` tells it."""
    is_overdue = (Project.proposal_status == constant(ProjectProposalStatus.SENT)) & (
        Project.proposal_valid_until <= BEGAN_AT
    )
    return case((is_overdue, constant(ProjectProposalStatus.EXPIRED)), else_=cast(Project.proposal_status, Text))


def _owned() -> Select[Any]:
    """Return the projects with whose they are, as ``OwnedProject`` reads them."""
    organization = organizations_to_join()
    return select(*_SUMMARY, *organization.c).join(organization, organization.c.id == Project.org_id)


PROJECT_SEARCH = RecordSearch(
    kind=RecordKind.PROJECT,
    permission=PROJECTS_READ,
    words=_WORDS,
    id=Project.id,
    org_id=Project.org_id,
    created_at=Project.created_at,
    updated_at=Project.updated_at,
    title=Project.title,
    code=Project.code,
    status=Project.status,
    organization=organizations_to_join(),
)


def owned_projects_to_join() -> Subquery:
    """Return the projects with whose they are, for a statement of another feature to join by their ``id``."""
    return _owned().subquery("project")


_OWNED = ScopedRead(
    _owned().where(Project.id == any_(bindparam("ids", type_=ARRAY(Uuid)))), OwnedProject.read, owner=Project.org_id
)
_OVER = (ProjectStatus.COMPLETED, ProjectStatus.ARCHIVED)
_UNDERWAY = ScopedRead(
    select(*_SUMMARY)
    .where(*(Project.status != constant(status) for status in _OVER))
    .order_by(Project.updated_at.desc(), Project.id.desc())
    .limit(bindparam("rows", type_=Integer)),
    ProjectSummary,
    owner=Project.org_id,
)


def projects_to_join() -> Subquery:
    """Return the projects, for a statement of another feature to join: ``id, code, title, is_archived``."""
    is_archived = Project.status == constant(ProjectStatus.ARCHIVED)
    return select(Project.id, Project.code, Project.title, is_archived.label("is_archived")).subquery("project")


def project_to_join(project_id: SQLColumnExpression[uuid.UUID]) -> FromClause:
    """Return the project of an id, for a statement of another feature that looks up one for each row: ``code``."""
    return select(Project.code).where(Project.id == project_id).limit(constant(1)).lateral("project")


def project_title(project_id: SQLColumnExpression[Any]) -> ColumnElement[str | None]:
    """Select the title of the project of an id, for a statement of another feature; null where no project has it."""
    return select(Project.title).where(Project.id == project_id).scalar_subquery()


def project_code(project_id: SQLColumnExpression[Any]) -> ColumnElement[str | None]:
    """Select the code of the project of an id, for a statement of another feature; null where no project has it."""
    return select(Project.code).where(Project.id == project_id).scalar_subquery()


def projects_in_progress(*, made_since: BindParameter[datetime] | None = None) -> Figure:
    """Return the projects that are being worked on, as a figure: all, or those that were made since a moment."""
    conditions = [Project.status == constant(ProjectStatus.IN_PROGRESS)]
    if made_since is not None:
        conditions.append(at_or_after(Project.created_at, made_since))
    return Figure(*conditions, owner=Project.org_id)
