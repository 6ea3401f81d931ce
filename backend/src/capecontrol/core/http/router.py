"""Routers: how a feature declares its operations, each with a name, a summary, and its problems."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from fastapi import FastAPI

from capecontrol.core.http.document import described, refusals_of
from capecontrol.core.http.limits import Limit, check_names
from capecontrol.core.http.route import ContractRoute
from capecontrol.core.http.surface import BROWSER, Surface
from capecontrol.core.problems import Problem

F = TypeVar("F", bound=Callable[..., Any])


class SurfaceMistaken(TypeError):
    """A path lies on another surface than its router's: a programming error, found when the application is built."""


class Router:
    """Collects a feature's routes on one surface.

    Every operation has a summary, a name for generated clients, and its problems.
    """

    def __init__(self, tag: str, surface: Surface = BROWSER) -> None:
        """Take the tag under which the reference lists the operations, and whom they serve."""
        self._tag = tag
        self._declarations: list[dict[str, Any]] = []
        #: The rate limits of the routes.
        self.limits: list[Limit] = []
        self._surface = surface

    def add_to(self, app: FastAPI) -> None:
        """Add the routes to an application.

        Not as a router within its router: each of those would match a request twice.
        """
        for declaration in self._declarations:
            app.router.add_api_route(**declaration, tags=[self._tag], route_class_override=ContractRoute)

    def get(self, path: str, **options: Any) -> Callable[[F], F]:
        """Declare a GET."""
        return self._declare("GET", path, **options)

    def post(self, path: str, **options: Any) -> Callable[[F], F]:
        """Declare a POST."""
        return self._declare("POST", path, **options)

    def put(self, path: str, **options: Any) -> Callable[[F], F]:
        """Declare a PUT."""
        return self._declare("PUT", path, **options)

    def patch(self, path: str, **options: Any) -> Callable[[F], F]:
        """Declare a PATCH."""
        return self._declare("PATCH", path, **options)

    def delete(self, path: str, **options: Any) -> Callable[[F], F]:
        """Declare a DELETE."""
        return self._declare("DELETE", path, **options)

    def _declare(
        self,
        method: str,
        path: str,
        *,
        operation_id: str,
        summary: str,
        problems: Sequence[type[Problem]] = (),
        status_code: int = 200,
        responses: dict[int | str, dict[str, Any]] | None = None,
        openapi_extra: dict[str, Any] | None = None,
        **options: Any,
    ) -> Callable[[F], F]:
        def decorate(function: F) -> F:
            probe = ContractRoute(path, function, methods=[method], response_model=None)
            if probe.surface is not self._surface:
                raise SurfaceMistaken(f"{path} lies on the {probe.surface.name} surface, not on {self._surface.name}")
            check_names([*self.limits, *probe.gate.limits])
            self.limits.extend(probe.gate.limits)
            self._declarations.append(
                {
                    "path": path,
                    "endpoint": function,
                    "methods": [method],
                    "operation_id": operation_id,
                    "name": operation_id,
                    "summary": summary,
                    "status_code": status_code,
                    "responses": {**refusals_of(probe, method, problems), **(responses or {})},
                    "openapi_extra": {**described(probe, method), **(openapi_extra or {})},
                    **options,
                }
            )
            return function

        return decorate
