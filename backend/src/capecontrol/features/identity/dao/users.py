"""Queries about people."""

import uuid
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, FromClause, SQLColumnExpression, select

from capecontrol.core.dao import Dao
from capecontrol.core.db.constant import constant
from capecontrol.core.db.text_search import contains
from capecontrol.core.permissions import Role
from capecontrol.features.identity.models import User, UserStatus


class UserDao(Dao[User]):
    """People within the scope."""

    model = User

    async def by_email(self, email: str) -> User | None:
        """Return the person with an address (in its comparable form)."""
        return await self.one(self.select().where(User.email == email))

    async def renew_hash(self, user: User, renewed: str) -> None:
        """Keep another hash of the same password, unless the password was changed since it was read.

        To who looks at the row nothing has changed.
        """
        is_same = User.password_hash == user.password_hash
        await self.update_where(User.id == user.id, is_same, password_hash=renewed, updated_at=User.updated_at)

    async def of_organization(self, org_id: uuid.UUID, role: str) -> list[User]:
        """Return the active people of an organization who hold a role, oldest first."""
        statement = self.select().where(User.org_id == org_id, User.role == role, User.status == UserStatus.ACTIVE)
        return await self.all(statement.order_by(User.created_at, User.id).limit(50))

    async def active_staff(self, role: Role) -> list[User]:
        """Return the active people of the platform who hold a role, oldest first."""
        statement = self.select().where(User.org_id.is_(None), User.role == role, User.status == UserStatus.ACTIVE)
        return await self.all(statement.order_by(User.created_at, User.id))

    async def by_ids(self, ids: Collection[uuid.UUID]) -> list[User]:
        """Return the people of these ids, in no order."""
        return await self.all(self.select().where(User.id.in_(set(ids)))) if ids else []

    async def matching(self, part: str, limit: int) -> list[uuid.UUID]:
        """Return the ids of people whose name or address holds a text, oldest first."""
        holds = contains(User.full_name, part) | contains(User.email, part)
        statement = self.select().where(holds).with_only_columns(User.id).order_by(User.created_at, User.id)
        return list((await self.session.execute(statement.limit(limit))).scalars())


def person_name(user_id: SQLColumnExpression[Any]) -> ColumnElement[str | None]:
    """Return the name of the person of an id, for the columns of another feature's statement."""
    return select(User.full_name).where(User.id == user_id).scalar_subquery()


def person_email(user_id: SQLColumnExpression[Any]) -> ColumnElement[str | None]:
    """Return the address of the person of an id, for the columns of another feature's statement."""
    return select(User.email).where(User.id == user_id).scalar_subquery()


def person_to_join(user_id: SQLColumnExpression[Any]) -> FromClause:
    """Return the person of an id, for another feature that looks up one for each row: ``full_name, email``."""
    return select(User.full_name, User.email).where(User.id == user_id).limit(constant(1)).lateral("person")
