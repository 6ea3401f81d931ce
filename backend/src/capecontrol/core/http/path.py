"""Path parameters."""

import uuid
from typing import Annotated

from fastapi import Path

#: An id in a path. What does not parse answers 404 (see ``errors``): it is not there, the same as what never was.
PathId = Annotated[uuid.UUID, Path(description="The object's ID.")]
