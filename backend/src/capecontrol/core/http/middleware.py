"""What every request passes first and every answer last: id, size limit, security headers, a log line."""

import re
import time

import structlog
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from capecontrol.core.http.errors import handle_error
from capecontrol.core.ids import new_id
from capecontrol.core.problems import Problem, TooLarge

log = structlog.get_logger("http")

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
#: Paths that the log would drown in.
_QUIET = frozenset({"/api/health", "/api/health/ready"})

API_POLICY = "default-src 'none'; frame-ancestors 'none'"
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; "
    "manifest-src 'self'; worker-src 'self'"
)


class RequestContext:
    """The outermost middleware."""

    def __init__(self, app: ASGIApp, *, body_max: int, is_production: bool) -> None:
        """Take the limit of a body in bytes, and whether to insist on TLS."""
        self._app = app
        self._body_max = body_max
        self._fixed = {
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Referrer-Policy": "strict-origin-when-cross-origin",
            "Permissions-Policy": "geolocation=(), camera=(), microphone=(), payment=(self)",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
        }
        if is_production:
            self._fixed["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        sent_in = request.headers.get("x-request-id", "")
        scope["request_id"] = sent_in if _REQUEST_ID.fullmatch(sent_in) else str(new_id())
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=scope["request_id"])
        scope["body_max"] = self._body_max
        started, status, seen = time.perf_counter(), 500, 0
        declared = request.headers.get("content-length", "")
        is_too_large = declared.isdigit() and int(declared) > self._body_max

        async def limited() -> Message:
            # Refused when the body is asked for, not before: who is asking comes first (401 before 413).
            nonlocal seen
            if is_too_large:
                raise TooLarge(f"Send at most {self._body_max} bytes.")
            message = await receive()
            if message["type"] == "http.request":
                seen += len(message.get("body", b""))
                if seen > self._body_max:
                    raise TooLarge(f"Send at most {self._body_max} bytes.")
            return message

        async def finished(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self._complete(scope, MutableHeaders(scope=message))
            await send(message)

        try:
            await self._app(scope, limited, finished)
        except Problem as problem:
            response = await handle_error(request, problem)
            await response(scope, receive, finished)
        except Exception as error:
            # The last resort: whatever it was, the client gets a problem document and its request id.
            response = await handle_error(request, error)
            await response(scope, receive, finished)
        finally:
            if scope["path"] not in _QUIET:
                log.info(
                    "request.served",
                    method=scope["method"],
                    route=getattr(scope.get("route"), "path", None),
                    status=status,
                    duration_ms=round((time.perf_counter() - started) * 1000, 1),
                )

    def _complete(self, scope: Scope, headers: MutableHeaders) -> None:
        headers["X-Request-ID"] = scope["request_id"]
        for name, value in self._fixed.items():
            headers.setdefault(name, value)
        is_page = headers.get("content-type", "").startswith("text/html")
        headers.setdefault("Content-Security-Policy", PAGE_POLICY if is_page else API_POLICY)
        headers.setdefault("Cache-Control", "no-store")
