"""A list's filter in a body: the same members, read by the same dependency, as in the query of the list itself."""

import inspect
from collections.abc import Awaitable, Callable, Mapping
from functools import cache
from typing import Any, TypeVar, get_type_hints

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, ValidationError, create_model

F = TypeVar("F")


async def read_filter(read: Callable[..., Awaitable[F]], sent: Mapping[str, str], *within: str) -> F:
    """Return the filter that a dependency reads from what would stand in the query.

    Args:
        read: the dependency of the list's operation.
        sent: the parameters, as the query would have them.
        within: where they stand in the body.

    Raises:
        RequestValidationError: a parameter is unknown or has a value that the list would refuse.
    """
    model = _model_of(read)
    try:
        found = model.model_validate(sent)
    except ValidationError as error:
        refused = [{**one, "loc": ("body", *within, *one["loc"])} for one in error.errors()]
        raise RequestValidationError(refused) from error
    return await read(**{name: getattr(found, name) for name in type(found).model_fields})


@cache
def _model_of(read: Callable[..., Awaitable[Any]]) -> type[BaseModel]:
    hints = get_type_hints(read, include_extras=True)
    fields: dict[str, Any] = {
        name: (hints[name], parameter.default) for name, parameter in inspect.signature(read).parameters.items()
    }
    return create_model(read.__name__, __config__=ConfigDict(extra="forbid"), **fields)
