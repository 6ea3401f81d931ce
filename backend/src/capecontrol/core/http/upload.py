"""One file in a request: bounded while it comes, and documented as a form with the member ``file``."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, File, Request, UploadFile
from fastapi.exceptions import RequestValidationError
from pydantic import BeforeValidator, WithJsonSchema
from starlette.datastructures import UploadFile as FilePart

from capecontrol.core.http.body_bounds import size_text
from capecontrol.core.problems import TooLarge

#: What multipart writes around a file.
ENVELOPE = 8 * 1024


def _no_text(part: object) -> object:
    if not isinstance(part, FilePart):
        raise ValueError("send a file in this field, not text")
    return part


#: Generated clients ask ``format`` whether they send a file; few know OpenAPI 3.1's ``contentMediaType``.
_Part = Annotated[
    UploadFile,
    BeforeValidator(_no_text),
    WithJsonSchema({"type": "string", "format": "binary", "contentMediaType": "application/octet-stream"}),
    File(description="The file."),
]


@dataclass(frozen=True, slots=True)
class OneFile:
    """The bound of a route's file, told in its signature; the route class lets no more of a body in."""

    size_max: int

    @property
    def body_max(self) -> int:
        """Return how many bytes a body with such a file has at most."""
        return self.size_max + ENVELOPE

    async def __call__(self, request: Request, file: _Part) -> bytes:
        """Return what is in the file; its name and the type that it is said to have are not asked.

        Raises:
            RequestValidationError: there is another field beside it.
            TooLarge: it is larger.
        """
        strange = [name for name, part in (await request.form()).multi_items() if part is not file]
        if strange:
            raise RequestValidationError(
                [{"type": "extra_forbidden", "loc": ("body", name), "msg": ""} for name in strange]
            )
        data = await file.read()
        if len(data) > self.size_max:
            raise TooLarge(f"Send a file of at most {size_text(self.size_max)}.")
        return data


def one_file(*, size_max: int) -> Any:
    """Return the dependency that gives the bytes of the one file that a route takes.

    ``file: Annotated[bytes, one_file(size_max=1024 * 1024)]``
    """
    return Depends(OneFile(size_max))
