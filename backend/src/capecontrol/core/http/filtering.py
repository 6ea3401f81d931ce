"""A list's filter in a request: in the query of the list's operations, or in the body of a bulk operation."""

from collections.abc import Mapping
from functools import partial
from inspect import Parameter, Signature
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Query
from fastapi.exceptions import RequestValidationError
from pydantic import BeforeValidator, ValidationError
from pydantic.fields import FieldInfo

from capecontrol.core.lists.list_filter import ListFilter, in_our_case

F = TypeVar("F", bound=ListFilter)


def filtering(model: type[ListFilter]) -> Any:
    """Return the dependency that reads a list's filter from the query.

    ``wanted: Annotated[ProjectFilter, filtering(ProjectFilter)]``
    """
    return Depends(_FromQuery(model))


class _FromQuery:
    """The members of a filter as parameters of a signature: FastAPI takes no model of them beside other parameters."""

    def __init__(self, model: type[ListFilter]) -> None:
        self._model = model
        self._nothing = model()
        self.__signature__ = Signature([_parameter(name, field) for name, field in model.model_fields.items()])

    async def __call__(self, **sent: Any) -> ListFilter:
        if all(value is None for value in sent.values()):
            return self._nothing
        # Each was validated by FastAPI, as the model's annotations say.
        return self._model.model_construct(**sent)


def _parameter(name: str, field: FieldInfo) -> Parameter:
    query = Query(alias=field.alias, description=field.description)
    return Parameter(
        name,
        Parameter.KEYWORD_ONLY,
        default=field.default,
        annotation=Annotated[
            field.annotation, *field.metadata, BeforeValidator(partial(in_our_case, field.annotation)), query
        ],
    )


def filter_in_body(model: type[F], sent: Mapping[str, str], *within: str) -> F:
    """Return the filter that a body tells.

    Args:
        model: the filter of the list.
        sent: the parameters, as the query of the list would have them.
        within: where they stand in the body.

    Raises:
        RequestValidationError: a parameter is unknown or has a value that the list would refuse.
    """
    try:
        return model.model_validate(sent)
    except ValidationError as error:
        refused = [{**one, "loc": ("body", *within, *one["loc"])} for one in error.errors()]
        raise RequestValidationError(refused) from error
