"""What every request passes first and every answer last: id, size limits, security headers, a log line."""

import re
import time
from collections.abc import Iterable

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from capecontrol.core.actor import Origin
from capecontrol.core.http.body_bounds import BodyBounds, BoundedBody
from capecontrol.core.http.cut_off import CUT_OFF, AnswerCutOff
from capecontrol.core.http.errors import handle_error
from capecontrol.core.http.event_stream import MEDIA_TYPE
from capecontrol.core.http.limits import most_constrained
from capecontrol.core.http.query_bounds import check_query
from capecontrol.core.http.request_state import RequestState
from capecontrol.core.ids import new_id
from capecontrol.core.metrics import observe_request
from capecontrol.core.problems import Problem

log = structlog.get_logger("http")

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
#: Paths that the log would drown in.
_QUIET = frozenset({"/api/health", "/api/health/ready"})
#: What the log says where nobody waits for an answer any more (a word of nginx's; no client sees it).
CLIENT_LEFT = 499

API_POLICY = b"default-src 'none'; frame-ancestors 'none'"


def page_policy(scripts: Iterable[str] = (), styles: Iterable[str] = ()) -> bytes:
    """Return the policy of a page, with the digests (`sha256-…`) of scripts and styles that stand in it and may act."""
    allowed_scripts, allowed_styles = ("".join(f" '{digest}'" for digest in digests) for digests in (scripts, styles))
    return (
        f"default-src 'none'; script-src 'self'{allowed_scripts}; style-src 'self'{allowed_styles}; "
        "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "object-src 'none'; frame-ancestors 'none'; manifest-src 'self'; worker-src 'self'"
    ).encode()


PAGE_POLICY = page_policy()
_STREAMS = (MEDIA_TYPE.encode(), b"text/csv")
#: As ASGI has them: names in small letters.
RawHeaders = list[tuple[bytes, bytes]]


class RequestContext:
    """The outermost middleware."""

    def __init__(self, app: ASGIApp, *, body: BodyBounds, is_production: bool) -> None:
        """Take the bounds of a body, and whether to insist on TLS."""
        self._app = app
        self._body = body
        self._fixed: RawHeaders = [
            (b"x-content-type-options", b"nosniff"),
            (b"x-frame-options", b"DENY"),
            (b"referrer-policy", b"strict-origin-when-cross-origin"),
            (b"permissions-policy", b"geolocation=(), camera=(), microphone=(), payment=(self)"),
            (b"cross-origin-opener-policy", b"same-origin"),
            (b"cross-origin-resource-policy", b"same-origin"),
            (b"cache-control", b"no-store"),
        ]
        if is_production:
            self._fixed.append((b"strict-transport-security", b"max-age=63072000; includeSubDomains"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        body = BoundedBody(request, receive, self._body)
        known = RequestState(_origin(request), body)
        known.attach(scope)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=known.origin.request_id)
        started, status, has_begun = time.perf_counter(), 500, False
        streamed_after: float | None = None

        async def finished(message: Message) -> None:
            nonlocal status, has_begun, streamed_after
            if message["type"] == "http.response.start":
                status, has_begun = message["status"], True
                message["headers"] = self._complete(known, message["headers"])
                if _is_stream(message["headers"]):
                    streamed_after = time.perf_counter() - started
            await send(message)

        try:
            # First of all: several readers follow, on routes without a limit, too.
            check_query(scope["query_string"])
            await self._app(scope, body, finished)
        except ClientDisconnect:
            # Not an error of ours, and there is nobody to answer.
            status = CLIENT_LEFT
        except AnswerCutOff as ended:
            # Not an error of ours either.
            status = ended.status
            log.info("response.cut_off", reason=ended.reason)
            connection = scope.get("extensions", {}).get(CUT_OFF)
            if connection is None:
                raise
            connection["close"]()
        except Problem as problem:
            response = await handle_error(request, problem)
            await response(scope, receive, finished)
        except Exception as error:
            if has_begun:
                # Too late for another answer. The server closes the connection, so that what came is not the whole.
                status = 500
                raise
            # The last resort: whatever it was, the client gets a problem document and its request id.
            response = await handle_error(request, error)
            await response(scope, receive, finished)
        finally:
            seconds = time.perf_counter() - started
            route = getattr(scope.get("route"), "path", None)
            # How long a stream goes on says nothing of how fast we are.
            observe_request(scope["method"], route, status, seconds if streamed_after is None else streamed_after)
            if scope["path"] not in _QUIET:
                log.info(
                    "request.served",
                    method=scope["method"],
                    route=route,
                    status=status,
                    duration_ms=round(seconds * 1000, 1),
                )

    def _complete(self, known: RequestState, headers: RawHeaders) -> RawHeaders:
        """Return an answer's headers with what every answer carries, but for what this one says itself."""
        said = dict(headers)
        complete = [*headers, (b"x-request-id", known.origin.request_id.encode())]
        if (standing := most_constrained(known.standings)) is not None:
            # A refusal has told of the limit that refused.
            told = ((name.lower().encode(), value.encode()) for name, value in standing.headers.items())
            complete.extend(pair for pair in told if pair[0] not in said)
        complete.extend(pair for pair in self._fixed if pair[0] not in said)
        if b"content-security-policy" not in said:
            is_page = said.get(b"content-type", b"").startswith(b"text/html")
            complete.append((b"content-security-policy", PAGE_POLICY if is_page else API_POLICY))
        return complete


def _is_stream(headers: RawHeaders) -> bool:
    return any(name == b"content-type" and value.startswith(_STREAMS) for name, value in headers)


def _origin(request: Request) -> Origin:
    """Return where a request came from. The address is the peer's: the proxy in front is the server's business."""
    sent_in = request.headers.get("x-request-id", "")
    return Origin(
        request_id=sent_in if _REQUEST_ID.fullmatch(sent_in) else str(new_id()),
        ip_address=request.client.host if request.client else None,
        user_agent=(request.headers.get("user-agent") or "")[:400] or None,
    )
