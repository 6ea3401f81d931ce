"""Path parameters."""

import uuid
from typing import Annotated

from fastapi import Path

ID_DESCRIPTION = "The object's ID."
#: An id in a path. What does not parse answers 404 (see ``errors``): it is not there, the same as what never was.
PathId = Annotated[uuid.UUID, Path(description=ID_DESCRIPTION)]
