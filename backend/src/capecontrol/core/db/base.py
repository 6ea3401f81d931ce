"""The declarative base, and the columns that every table shares."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, ClassVar

from sqlalchemy import (
    ColumnElement,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    MetaData,
    UniqueConstraint,
    inspect,
)
from sqlalchemy.dialects.postgresql import UUID
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from capecontrol.core.ids import new_id

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


@dataclass(frozen=True, slots=True)
class TableAccess:
    """What the two narrow database roles may do with a table: words of ``select insert update delete``.

    ``runtime`` acts inside one organization (row-level security filters it); ``signin`` sees all rows of the few
    tables that a look-up from a secret needs. The system role may do everything but TRUNCATE, everywhere.
    """

    runtime: str = ""
    signin: str = ""
    system: str = "select insert update delete"


class Base(DeclarativeBase):
    """The root of all models. Each states who may touch its table in ``access``."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[object, object]] = {
        datetime: DateTime(timezone=True),
        uuid.UUID: UUID(as_uuid=True),
    }
    access: ClassVar[TableAccess]


class IdMixin:
    """A UUIDv7 primary key."""

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)


class CreatedAt:
    """When the row was made, by the clock of its unit of work."""

    created_at: Mapped[datetime]


class Timestamps(CreatedAt):
    """When the row was made and last changed; ``core.db.session`` tells who sets both.

    What a row notes for us alone (when something was last asked for, where its file lies) is no change of it: such
    columns stand in ``bookkeeping``.
    """

    bookkeeping: ClassVar[frozenset[str]] = frozenset()

    updated_at: Mapped[datetime]


class OwnedByOrganization:
    """A row that belongs to a customer."""

    @declared_attr
    def org_id(cls) -> Mapped[uuid.UUID]:
        """Name the owner; row-level security compares it."""
        return mapped_column(ForeignKey("organizations.id"))


def unique_owned(table: str) -> UniqueConstraint:
    """Return the key ``(org_id, id)`` that references from the same organization point to."""
    return UniqueConstraint("org_id", "id", name=f"uq_{table}_org_id_id")


def owned_reference(column: str, table: str, *, ondelete: str | None = None) -> ForeignKeyConstraint:
    """Return a composite foreign key: a row can only point to a row of its own organization.

    Foreign-key checks bypass row-level security, so a plain key would let one organization refer to (and thereby
    probe) another's rows.
    """
    return ForeignKeyConstraint(["org_id", column], [f"{table}.org_id", f"{table}.id"], ondelete=ondelete)


@cache
def columns_of(model: type[DeclarativeBase]) -> dict[str, ColumnElement[Any]]:
    """Return the columns of a model, by the names that the code has for them and labelled so."""
    keys = [attribute.key for attribute in inspect(model).column_attrs]
    return {key: getattr(model, key).label(key) for key in keys}
