"""What a path names, looked up before the body is validated, so that 404 precedes 422."""

import uuid
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Path

from capecontrol.core.http.access import requires
from capecontrol.core.http.path import ID_DESCRIPTION
from capecontrol.core.permissions import Permission
from capecontrol.core.work import UnitOfWork

M = TypeVar("M")


def lookup(parameter: str, find: Callable[[UnitOfWork, uuid.UUID], Awaitable[M]]) -> Callable[[Permission], Any]:
    """Return what gives an object of a path to whoever has a permission.

    ``project_for = lookup("project_id", lambda work, project_id: ProjectDao(work).require(project_id))``, and in a
    signature ``project: Annotated[Project, project_for(PROJECTS_UPDATE)]``.

    Args:
        parameter: the parameter of the path.
        find: returns the object, or raises ``NotFound``: for what is another's as for what is not there.
    """

    def found_for(permission: Permission) -> Any:
        async def found(
            identifier: Annotated[uuid.UUID, Path(alias=parameter, description=ID_DESCRIPTION)],
            work: Annotated[UnitOfWork, requires(permission)],
        ) -> M:
            return await find(work, identifier)

        return Depends(found, scope="function")

    return found_for
