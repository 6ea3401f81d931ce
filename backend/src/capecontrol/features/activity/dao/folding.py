"""Entries of a kind and a day that are told as one line: the latest stands for all of them, and has their numbers.

A line is where its latest entry is, so that a page that follows a cursor neither misses a line nor has one twice. What
has begun is told until an entry tells how it ended: the two are one act.
"""

import json
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    Interval,
    SQLColumnExpression,
    Text,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal_column,
    or_,
    select,
    tuple_,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import aliased

from capecontrol.core.activity import ActivityCatalog
from capecontrol.core.audit import Outcome
from capecontrol.core.db.constant import constant
from capecontrol.features.activity.models import ActivityEntry

#: By which member the entries of a kind are folded, and until which kind they are told, as JSON objects.
_FOLDS, _ENDS = (cast(bindparam(name, type_=Text), JSONB) for name in ("folds", "ends"))
_ZONE = bindparam("zone", type_=Text)
_DAY, _ONE_DAY = literal_column("'day'", Text), literal_column("interval '1 day'", Interval)


def fold_values(catalog: ActivityCatalog, zone: ZoneInfo) -> dict[str, object]:
    """Return the values of the parameters that the conditions of this module name."""
    return {"folds": json.dumps(dict(catalog.folds)), "ends": json.dumps(dict(catalog.ends)), "zone": zone.key}


def _folded_by(entry: type[ActivityEntry]) -> ColumnElement[str]:
    """Return what entries of a kind have in common that are one line; null where each is told by itself."""
    return entry.data.op("->>", return_type=Text())(_FOLDS.op("->>", return_type=Text())(entry.kind))


def _has_ended(entry: type[ActivityEntry]) -> ColumnElement[bool]:
    """Say of an entry that a later one tells how it ended; what takes longer than a day is told at both ends."""
    kind = _ENDS.op("->>", return_type=Text())(entry.kind)
    end = aliased(ActivityEntry)
    is_told = exists().where(
        end.org_id == entry.org_id,
        end.subject_type == entry.subject_type,
        end.subject_id == entry.subject_id,
        end.visibility == entry.visibility,
        end.occurred_at >= entry.occurred_at,
        end.occurred_at < entry.occurred_at + _ONE_DAY,
        end.resource_id == entry.resource_id,
        end.kind == kind,
    )
    return and_(kind.is_not(None), is_told)


def _begin_of_day(moment: SQLColumnExpression[Any], days: ColumnElement[Any] | None = None) -> ColumnElement[Any]:
    begin = func.date_trunc(_DAY, func.timezone(_ZONE, moment))
    return func.timezone(_ZONE, begin if days is None else begin + days)


def _is_told_with(other: type[ActivityEntry]) -> ColumnElement[bool]:
    """Say of another entry that it belongs to the line of this one; whose readers differ have lines of their own."""
    return and_(
        other.org_id == ActivityEntry.org_id,
        other.subject_type == ActivityEntry.subject_type,
        other.subject_id == ActivityEntry.subject_id,
        other.kind == ActivityEntry.kind,
        other.visibility == ActivityEntry.visibility,
        other.occurred_at < _begin_of_day(ActivityEntry.occurred_at, _ONE_DAY),
        _folded_by(other) == _folded_by(ActivityEntry),
        ~_has_ended(other),
    )


def is_latest_of_fold() -> ColumnElement[bool]:
    """Say of an entry that it is told: by itself, or as the latest of its line."""
    later = aliased(ActivityEntry)
    begins_later = tuple_(later.occurred_at, later.id) > tuple_(ActivityEntry.occurred_at, ActivityEntry.id)
    # The first part by itself, too: beside another bound of the same column a comparison of rows is no place in an
    # index to begin at.
    has_later = exists().where(_is_told_with(later), later.occurred_at >= ActivityEntry.occurred_at, begins_later)
    return and_(or_(_folded_by(ActivityEntry).is_(None), ~has_later), ~_has_ended(ActivityEntry))


def counts_of_fold() -> ColumnElement[Any]:
    """Return what ``folded`` of an entry is."""
    other = aliased(ActivityEntry)
    failed = func.count().filter(other.outcome == constant(Outcome.FAILURE))
    # One reading of the day gives both. The driver cannot read arrays within the rows of reads that are asked together.
    counts = select(func.jsonb_build_array(func.count(), failed, type_=JSONB)).where(
        _is_told_with(other), other.occurred_at >= _begin_of_day(ActivityEntry.occurred_at)
    )
    return case((_folded_by(ActivityEntry).is_not(None), counts.scalar_subquery()))
