"""What the query of an operation may hold: its own parameters, and text without control characters."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, TypeGuard

from fastapi.dependencies.models import Dependant
from pydantic import BaseModel
from starlette.requests import Request

#: Where a parameter that an operation does not know is refused. Elsewhere it is passed over: OAuth, OFREP and SCIM
#: demand that, and mailings and advertisements add their own to the addresses of pages.
_STRICT = ("/api/", "/v1/")
#: Addresses below these that are passed parameters by another standard: an identity provider's answer may have more
#: than OpenID Connect names.
_LENIENT = ("/api/auth/sso/callback",)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
#: As above, in a query that nobody has read yet.
_SENT_CONTROL = re.compile(rb"[\x00-\x1f\x7f]|%[01][0-9a-f]|%7f", re.IGNORECASE)

#: A mistake as pydantic tells one, so that it can be told beside those that FastAPI finds.
Mistake = dict[str, Any]


class KnownParameters:
    """The parameters of one operation."""

    def __init__(self, path: str, dependant: Dependant) -> None:
        """Take where the operation lies, and what its signature asks for."""
        self._names = frozenset(_names(dependant))
        self._is_strict = path.startswith(_STRICT) and not path.startswith(_LENIENT)

    def mistakes(self, request: Request) -> Sequence[Mistake]:
        """Return what a query holds and may not: parameters by unknown names, and control characters."""
        query: bytes = request.scope["query_string"]
        if not query:
            return ()
        sent = request.query_params
        unknown = sent.keys() - self._names if self._is_strict else frozenset()
        mistakes = [_mistake("parameter_unknown", name) for name in sent if name in unknown]
        if _SENT_CONTROL.search(query):
            mistakes += [
                _mistake("parameter_control", name)
                for name, value in sent.multi_items()
                if name not in unknown and (_CONTROL.search(name) or _CONTROL.search(value))
            ]
        return mistakes


def is_model(annotation: object) -> TypeGuard[type[BaseModel]]:
    """Tell whether a parameter of a signature stands for several of the query, which are a model's members."""
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _names(dependant: Dependant) -> Iterator[str]:
    """Yield the names by which a signature reads from the query."""
    for field in dependant.query_params:
        info = field.field_info
        members = info.annotation.model_fields.items() if is_model(info.annotation) else [(field.alias, info)]
        for name, member in members:
            yield str(member.validation_alias or member.alias or name)
    for dependency in dependant.dependencies:
        yield from _names(dependency)


def _mistake(kind: str, name: str) -> Mistake:
    return {"type": kind, "loc": ("query", name), "msg": kind}
