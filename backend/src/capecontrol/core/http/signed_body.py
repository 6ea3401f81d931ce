"""Bodies whose signature is checked over the raw bytes before anything reads them: webhooks.

FastAPI reads a declared body before it calls the route. So the route takes ``raw_body()``, verifies, and then reads;
what it reads is documented, and refused, as if FastAPI had done it.
"""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from fastapi import Depends
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError
from starlette.requests import Request

from capecontrol.core.http.json_text import check_members, read_json
from capecontrol.core.problems import TooLarge

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class _RawBody:
    size_max: int | None

    async def __call__(self, request: Request) -> bytes:
        body = await request.body()
        if self.size_max is not None and len(body) > self.size_max:
            raise TooLarge(f"Send at most {self.size_max} bytes.")
        return body


def raw_body(*, size_max: int | None = None) -> Any:
    """Return the dependency by which a route gets its body as bytes, as it came.

    Args:
        size_max: how many there may be, where what is sent is known to be smaller than any body may be.
    """
    return Depends(_RawBody(size_max))


@dataclass(frozen=True, slots=True)
class SignedHeader:
    """A header that the signature needs. Verification refuses a wrong one, so that the answer to all of them is one."""

    name: str
    pattern: str
    description: str


@dataclass(frozen=True, slots=True)
class SignedBody(Generic[M]):
    """The body of a webhook: how the reference shows it, and how it is read once its signature holds."""

    model: type[M]
    headers: tuple[SignedHeader, ...] = ()

    def openapi(self) -> dict[str, Any]:
        """Return the route's ``openapi_extra``."""
        schema = self.model.model_json_schema()
        return {
            "parameters": [
                {
                    "name": header.name,
                    "in": "header",
                    "required": True,
                    "schema": {"type": "string", "pattern": header.pattern},
                    "description": header.description,
                }
                for header in self.headers
            ],
            **_described(_inline(schema, schema.pop("$defs", {}))),
        }

    def read(self, raw: bytes) -> M:
        """Return the body's content.

        Raises:
            Malformed: it is not JSON.
            TooLarge: it has too many members.
            RequestValidationError: the content is refused; each member is named as of any other body.
        """
        check_members(raw)
        try:
            return self.model.model_validate(read_json(raw))
        except ValidationError as error:
            raise RequestValidationError([{**one, "loc": ("body", *one["loc"])} for one in error.errors()]) from None


def opaque_body() -> dict[str, Any]:
    """Return the ``openapi_extra`` of a webhook whose content its provider describes: some JSON object."""
    return _described({"type": "object"})


def _described(schema: Any) -> dict[str, Any]:
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


def _inline(schema: Any, definitions: dict[str, Any]) -> Any:
    """Put definitions where they are referred to: FastAPI collects those of bodies that it reads itself only."""
    match schema:
        case {"$ref": str(reference), **rest}:
            return _inline({**definitions[reference.rpartition("/")[2]], **rest}, definitions)
        case dict():
            return {name: _inline(value, definitions) for name, value in schema.items()}
        case list():
            return [_inline(value, definitions) for value in schema]
        case _:
            return schema
