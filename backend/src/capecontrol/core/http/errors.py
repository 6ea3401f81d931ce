"""From errors to answers. What is no ``Problem`` reaches a client as a bare 500 or 503, never as itself."""

from collections.abc import Sequence
from typing import Any

import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from capecontrol.core.dao import UNIQUE_VIOLATION, KeyTaken
from capecontrol.core.http.refusals import refusal_of
from capecontrol.core.http.surface import surface_at
from capecontrol.core.metrics import count_refusal
from capecontrol.core.problems import (
    ERRORS_MAX,
    Conflict,
    FieldError,
    Invalid,
    Malformed,
    MethodNotAllowed,
    NotFound,
    Problem,
    Unavailable,
)

log = structlog.get_logger("http")

#: Come again: what two at once, a lock or a limit of time stopped; a server that stops or starts; a broken connection;
_MOMENTARY = ("40001", "40P01", "55P03", "57014", "57P01", "57P02", "57P03", "53300", "08000", "08003", "08006")
#: and a server without room on its disk, without memory, or with a disk that does not answer.
_EXHAUSTED = ("53000", "53100", "53200", "58000", "58030")
_TRANSIENT = _MOMENTARY + _EXHAUSTED
#: What PostgreSQL says of a row that a check does not let in, or its partition's bounds.
CHECK_VIOLATION = "23514"
#: As much of a member's name is repeated to who sent it.
NAME_MAX = 100


def to_problem(error: Exception) -> Problem:
    """Return what a client is told about an error."""
    match error:
        case Problem():
            return error
        case RequestValidationError():
            return _from_validation(error.errors())
        case HTTPException(status_code=404):
            return NotFound()
        case HTTPException(status_code=405):
            refused = MethodNotAllowed()
            refused.headers.update(error.headers or {})
            return refused
        case HTTPException(status_code=status) if 400 <= status < 500:
            return Malformed()
        case InterfaceError() | OperationalError() | ConnectionError() | TimeoutError():
            return Unavailable(internal=type(error).__name__)
        case _ if _is_taken(error):
            # Two made the same at once, and nobody said it better: the other one was first.
            return Conflict(
                "Someone else created this at the same time. Reload and try again.", internal=type(error).__name__
            )
        case IntegrityError() if _has_moved(error):
            return Unavailable(internal=type(error).__name__)
        case DBAPIError() if getattr(error.orig, "sqlstate", None) in _TRANSIENT or error.connection_invalidated:
            return Unavailable(internal=type(error).__name__)
        case _ if getattr(error, "sqlstate", None) in _TRANSIENT:
            # The driver's own error: a server that is starting up refuses the connection before SQLAlchemy has one.
            return Unavailable(internal=type(error).__name__)
        case _:
            return Problem()


def _is_taken(error: Exception) -> bool:
    """Tell whether a unique key stood in the way: as a DAO says it, SQLAlchemy, or, of a commit, the driver."""
    cause = error.orig if isinstance(error, IntegrityError) else error
    return isinstance(error, KeyTaken) or getattr(cause, "sqlstate", None) == UNIQUE_VIOLATION


def _has_moved(error: IntegrityError) -> bool:
    """Tell whether a row's partition was made while it waited to go into the default one: it fits when sent again.

    Of all checks a partition's bounds alone have no name.
    """
    if getattr(error.orig, "sqlstate", None) != CHECK_VIOLATION:
        return False
    return getattr(error.orig.__cause__ if error.orig else None, "constraint_name", None) is None


def _from_validation(errors: Sequence[Any]) -> Problem:
    if any(error["loc"][:1] == ("path",) for error in errors):
        return NotFound()
    fields = [
        FieldError(
            "/" + "/".join(_escape(part) for part in error["loc"][1:]),
            refusal_of(error["type"], error.get("ctx", {}), error["msg"]),
        )
        for error in errors[:ERRORS_MAX]
    ]
    return Invalid(errors=fields, unnamed=len(errors) - len(fields))


def _escape(part: object) -> str:
    name = str(part)
    # Nobody's member is called so; the answer need not be as long as what was sent.
    name = name if len(name) <= NAME_MAX else f"{name[:NAME_MAX]}…"
    return name.replace("~", "~0").replace("/", "~1")


async def handle_error(request: Request, error: Exception) -> Response:
    """Answer an error, and log what must not be told."""
    problem = to_problem(error)
    count_refusal(problem.slug)
    if problem.is_planned:
        log.warning("request.refused", slug=problem.slug, internal=problem.internal)
    elif problem.status >= 500:
        log.error("request.failed", slug=problem.slug, internal=problem.internal, exc_info=error)
    elif problem.internal:
        log.info("request.refused", slug=problem.slug, internal=problem.internal)
    return surface_at(request.url.path).errors.write(request, problem)


def install_error_handlers(app: FastAPI) -> None:
    """Answer every error of an application in the format of the surface that it happened on."""
    for kind in (
        Problem,
        RequestValidationError,
        HTTPException,
        KeyTaken,
        DBAPIError,
        OSError,
        TimeoutError,
    ):
        app.add_exception_handler(kind, handle_error)
