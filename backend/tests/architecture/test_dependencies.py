"""Nothing that serves a request is a plain function: FastAPI runs those in a thread, which costs each request."""

import inspect
from collections.abc import Callable, Iterator

from fastapi import APIRouter, Depends, FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from tests.security.served import every_operation


def _calls(dependant: Dependant) -> Iterator[Callable[..., object]]:
    """Yield a route's own function and all that it depends on, however far away."""
    yield dependant.call
    for dependency in dependant.dependencies:
        yield from _calls(dependency)


def _runs_on_the_loop(call: Callable[..., object]) -> bool:
    forms = (call, type(call).__call__)
    return any(inspect.iscoroutinefunction(form) or inspect.isasyncgenfunction(form) for form in forms)


def _threaded(route: APIRoute) -> set[str]:
    return {str(getattr(call, "__qualname__", call)) for call in _calls(route.dependant) if not _runs_on_the_loop(call)}


def test_nothing_that_serves_a_request_runs_in_a_thread(app: FastAPI) -> None:
    routes = {name: operation.route for name, operation in every_operation(app).items()}
    assert len(routes) > 50
    assert {name: calls for name, route in routes.items() if (calls := _threaded(route))} == {}


def test_a_plain_function_would_be_noticed() -> None:
    def plain() -> int:
        return 1

    def generator() -> Iterator[int]:
        yield 1

    class Plain:
        def __call__(self) -> int:
            return 1

    async def nested(value: int = Depends(plain), other: int = Depends(generator)) -> int:
        return value + other

    router = APIRouter()

    @router.get("/")
    async def route(value: int = Depends(nested), other: int = Depends(Plain())) -> int:
        return value + other

    (served,) = (one for one in router.routes if isinstance(one, APIRoute))
    names = {name.rpartition(".")[2].partition(" object")[0] for name in _threaded(served)}
    assert names == {"plain", "generator", "Plain"}
