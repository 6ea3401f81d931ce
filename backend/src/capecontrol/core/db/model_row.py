"""Rows that are read like a model's objects, and cost a tenth of them."""

from collections import namedtuple
from collections.abc import Callable, Mapping
from types import FunctionType
from typing import TypeVar, cast

from sqlalchemy import inspect
from sqlalchemy.orm import DeclarativeBase

from capecontrol.core.db.base import columns_of

M = TypeVar("M", bound=DeclarativeBase)


def model_row(model: type[M], *more: str) -> Callable[..., M]:
    """Return what makes a row of a model's columns, and of ``more``, each None unless it is given.

    The row has what the model says of its columns, too (properties and methods), so that it is to its readers what the
    type says. It is no object of a session: nobody changes it.

    Raises:
        TypeError: the model has relationships, which a row has not.
    """
    if relationships := inspect(model).relationships.keys():
        raise TypeError(f"{model.__name__} is no model for rows: they have no {', '.join(relationships)}")
    names = (*columns_of(model), *more)
    values = (namedtuple(f"{model.__name__}Columns", names, defaults=[None] * len(more)),)
    members = {name: member for name, member in _members(model).items() if name not in names}
    return cast("Callable[..., M]", type(f"{model.__name__}Row", values, {"__slots__": (), **members}))


def _members(model: type[DeclarativeBase]) -> Mapping[str, object]:
    """Return the properties and methods of a model, and of what it is mixed of."""
    mixed = [one for one in reversed(model.__mro__) if one not in DeclarativeBase.__mro__]
    kinds = (property, FunctionType, classmethod, staticmethod)
    return {
        name: member
        for one in mixed
        for name, member in vars(one).items()
        if isinstance(member, kinds) and not name.startswith("__")
    }
