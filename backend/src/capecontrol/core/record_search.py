"""Records that are found by words: each feature says how its own are, and one statement finds them all."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    FromClause,
    Integer,
    Select,
    SQLColumnExpression,
    Text,
    Uuid,
    any_,
    bindparam,
    case,
    cast,
    func,
    null,
    select,
    true,
    type_coerce,
)
from sqlalchemy.orm import InstrumentedAttribute

from capecontrol.core.db.columns_for import columns_for
from capecontrol.core.db.constant import constant
from capecontrol.core.db.word_search import FEW, WALK, WORDS, WordSearch, ids_of
from capecontrol.core.permissions import Permission
from capecontrol.core.scoped_read import Owned, Part

#: The parameter of the statement besides the words: an id that was typed.
IDENTIFIER = "identifier"
#: How many of each kind are read at most. It stands in the text: for a limit that it is given PostgreSQL would plan to
#: read a tenth of all.
ROWS_MAX = 20


class RecordKind(StrEnum):
    """The kind of a record."""

    PROJECT = "project"
    PROPOSAL = "proposal"
    INVOICE = "invoice"


class Match(StrEnum):
    """How well a record fits what was typed, the best first."""

    #: It is its id, its code or its number.
    EXACT = "1"
    #: The longest word is one of its own.
    WORD = "2"
    #: One of its words begins so.
    BEGINNING = "3"


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """A record that was found."""

    kind: RecordKind
    match: Match
    id: uuid.UUID
    title: str
    code: str
    version: int | None
    status: str
    org_id: uuid.UUID
    organization: str
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class RecordSearch:
    """How records of a kind are found, and what is told of them.

    ``permission`` is what their readers hold, ``shown`` what a record fulfils to be found at all, and ``organization``
    has the names of their owners.
    """

    kind: RecordKind
    permission: Permission
    words: WordSearch
    id: InstrumentedAttribute[uuid.UUID]
    org_id: InstrumentedAttribute[uuid.UUID]
    created_at: InstrumentedAttribute[datetime]
    updated_at: InstrumentedAttribute[datetime]
    title: InstrumentedAttribute[str]
    code: SQLColumnExpression[str]
    status: InstrumentedAttribute[Any]
    organization: FromClause
    version: SQLColumnExpression[int] | None = None
    joined: tuple[FromClause, ColumnElement[bool]] | None = None
    shown: ColumnElement[bool] | None = None

    @property
    def switch(self) -> str:
        """Return the parameter that tells whether the reader may see records of this kind."""
        return f"takes_{self.kind}"

    @property
    def parts(self) -> tuple[Part, Part, Part]:
        """Return the SELECTs: by id, of what few records have, and of the newest of what many have."""
        return self._by_id, self._of_few, self._of_many

    def _by_id(self, owned: Owned) -> Select[Any]:
        return self._records(owned, self.id == bindparam(IDENTIFIER, type_=Uuid), match=_as_match(Match.EXACT))

    def _of_few(self, owned: Owned) -> Select[Any]:
        own = owned(self.words.owner)
        found = self.words.few(self.words.rarest(f"{self.kind}_rarest", *own)).where(*own).cte(f"{self.kind}_found")
        number = select(func.count()).select_from(found).scalar_subquery()
        records = self._records(
            owned, number <= constant(FEW), self.id == any_(ids_of(found)), self.words.has_all(self.id)
        )
        return records.order_by(self._match, self.created_at.desc(), self.id.desc()).limit(constant(ROWS_MAX))

    def _of_many(self, owned: Owned) -> Select[Any]:
        own = owned(self.words.owner)
        rarest = self.words.rarest(f"{self.kind}_first", *own)
        found = self.words.few(rarest).where(*own).subquery(f"{self.kind}_many")
        number = select(func.count()).select_from(found).scalar_subquery()
        # A walk in the list's order that ends at the twentieth. Its limit keeps the conditions out of it: planned for
        # any organization, PostgreSQL expects a few dozen rows, and would ask all of a large one before sorting them.
        shown = true() if self.shown is None else self.shown
        newest = select(self.id.label("id"), shown.label("is_shown")).where(*owned(self.org_id))
        in_order = newest.order_by(self.created_at.desc(), self.id.desc()).limit(constant(WALK))
        walk = in_order.subquery(f"newest_{self.kind}")
        finds = self.words.finds(walk.c.id, rarest)
        wanted = select(walk.c.id).where(number > constant(FEW), self._may_see, walk.c.is_shown, finds)
        # Their ids come first: what is joined would lead to another walk.
        ids = ids_of(wanted.limit(constant(ROWS_MAX)).subquery(f"found_{self.kind}"))
        return self._records(owned, self.id == any_(ids))

    def _records(
        self, owned: Owned, *conditions: ColumnElement[bool], match: ColumnElement[Any] | None = None
    ) -> Select[Any]:
        organization = self.organization
        columns = columns_for(
            FoundRecord,
            kind=constant(self.kind),
            match=self._match if match is None else match,
            id=self.id,
            title=self.title,
            code=self.code,
            version=cast(null(), Integer) if self.version is None else self.version,
            status=type_coerce(self.status, Text),
            org_id=self.org_id,
            organization=organization.c.name,
            created_at=self.created_at,
            updated_at=self.updated_at,
        )
        records = select(*columns).select_from(self.id.class_).join(organization, organization.c.id == self.org_id)
        if self.joined is not None:
            records = records.join(*self.joined)
        return records.where(*self._conditions, *owned(self.org_id), *conditions)

    @property
    def _may_see(self) -> ColumnElement[bool]:
        return bindparam(self.switch, type_=Boolean)

    @property
    def _conditions(self) -> list[ColumnElement[bool]]:
        return [self._may_see] if self.shown is None else [self._may_see, self.shown]

    @property
    def _match(self) -> ColumnElement[Any]:
        typed = func.lower(func.btrim(bindparam(WORDS, type_=Text)))
        return case(
            (func.lower(self.code) == typed, _as_match(Match.EXACT)),
            (self.words.has_longest(self.id), _as_match(Match.WORD)),
            else_=_as_match(Match.BEGINNING),
        )


def best_first(found: list[FoundRecord], limit: int) -> Iterator[FoundRecord]:
    """Yield each record once, at most so many of a kind: what fits best first, then the newest."""
    numbers = dict.fromkeys(RecordKind, 0)
    seen = set()
    for record in sorted(found, key=lambda one: (one.match, -one.created_at.timestamp())):
        if record.id not in seen and numbers[record.kind] < limit:
            numbers[record.kind] += 1
            seen.add(record.id)
            yield record


def _as_match(match: Match) -> ColumnElement[Any]:
    return constant(match)
