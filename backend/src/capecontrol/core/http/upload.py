"""One file in a request: bounded while it comes, and documented as a form with the member ``file``."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, File, UploadFile

from capecontrol.core.http.body_bounds import size_text
from capecontrol.core.problems import TooLarge

#: What multipart writes around a file.
ENVELOPE = 8 * 1024


@dataclass(frozen=True, slots=True)
class OneFile:
    """The bound of a route's file, told in its signature; the route class lets no more of a body in."""

    size_max: int

    @property
    def body_max(self) -> int:
        """Return how many bytes a body with such a file has at most."""
        return self.size_max + ENVELOPE

    async def __call__(self, file: Annotated[UploadFile, File()]) -> bytes:
        """Return what is in the file; its name and the type that it is said to have are not asked.

        Raises:
            TooLarge: it is larger.
        """
        data = await file.read()
        if len(data) > self.size_max:
            raise TooLarge(f"Send a file of at most {size_text(self.size_max)}.")
        return data


def one_file(*, size_max: int) -> Any:
    """Return the dependency that gives the bytes of the one file that a route takes.

    ``file: Annotated[bytes, one_file(size_max=1024 * 1024)]``
    """
    return Depends(OneFile(size_max))
