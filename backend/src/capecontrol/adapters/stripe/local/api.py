"""Stripe's HTTP API, as far as CapeControl calls it: keys, form bodies, idempotency keys, error bodies."""

import base64
import binascii
import hashlib
import hmac
import json
import time
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from capecontrol.adapters.stripe.local.checkout import CheckoutService
from capecontrol.adapters.stripe.local.failures import ApiError, missing, unknown
from capecontrol.adapters.stripe.local.form import Form
from capecontrol.adapters.stripe.local.objects import Customer, Event, PaymentIntent, StripeObject, new_id
from capecontrol.adapters.stripe.local.store import Answer

_BODY_MAX = 256 * 1024
_KEY_MAX = 255
_KEY_LIFE_SECONDS = 24 * 3600
_PAGE_MAX = 100

Step = Callable[[CheckoutService, Form, str], StripeObject]


class Api:
    """The routes under ``/v1``."""

    def __init__(self, checkout: CheckoutService, secret_key: str, after_change: Callable[[], None]) -> None:
        """Take the key that callers must show, and whom to tell that there may be something to deliver."""
        self._checkout = checkout
        self._secret_key = secret_key
        self._after_change = after_change

    def routes(self) -> list[Route]:
        """Return the routes of the API."""
        sessions = "/v1/checkout/sessions"
        return [
            self._writes("/v1/customers", lambda checkout, form, _: checkout.create_customer(form)),
            self._reads("/v1/customers/{id}", lambda checkout, _, key: _found(checkout, Customer, key)),
            self._writes(sessions, lambda checkout, form, _: checkout.open_session(form)),
            Route(sessions + "/{id}", self._show_session, methods=["GET"]),
            self._writes(sessions + "/{id}/expire", lambda checkout, _, key: checkout.expire(key)),
            self._reads("/v1/payment_intents/{id}", lambda checkout, _, key: _found(checkout, PaymentIntent, key)),
            self._reads("/v1/events/{id}", lambda checkout, _, key: _found(checkout, Event, key)),
            Route("/v1/events", self._list_events, methods=["GET"]),
            Route("/v1/{path:path}", self._unknown, methods=["GET", "POST", "DELETE"]),
        ]

    def _reads(self, path: str, step: Step) -> Route:
        async def endpoint(request: Request) -> Response:
            return await self._answer(request, lambda: self._read(step, request.path_params["id"]))

        return Route(path, endpoint, methods=["GET"])

    def _writes(self, path: str, step: Step) -> Route:
        async def endpoint(request: Request) -> Response:
            body = await request.body()
            return await self._answer(request, lambda: self._write(request, body, step))

        return Route(path, endpoint, methods=["POST"])

    async def _show_session(self, request: Request) -> Response:
        return await self._answer(request, lambda: self._session(request))

    async def _list_events(self, request: Request) -> Response:
        return await self._answer(request, lambda: self._events(request))

    async def _unknown(self, request: Request) -> Response:
        def refuse() -> Response:
            raise ApiError(404, f"Unrecognized request URL ({request.method}: /v1/{request.path_params['path']}).")

        return await self._answer(request, refuse)

    async def _answer(self, request: Request, work: Callable[[], Response]) -> Response:
        """Check the key, do the work beside the event loop (SQLite blocks), put errors into Stripe's shape."""
        try:
            self._authenticate(request.headers.get("authorization", ""))
            response = await run_in_threadpool(work)
        except ApiError as error:
            response = _json(error.public(), error.status)
        response.headers["Request-Id"] = new_id("req")
        response.headers["Stripe-Version"] = request.headers.get("stripe-version", "")
        self._after_change()
        return response

    def _authenticate(self, header: str) -> None:
        scheme, _, shown = header.partition(" ")
        if scheme.lower() == "basic":
            try:
                shown = base64.b64decode(shown, validate=True).decode().partition(":")[0]
            except (binascii.Error, UnicodeDecodeError):
                shown = ""
        elif scheme.lower() != "bearer":
            shown = ""
        if not shown:
            raise ApiError(401, "You did not provide an API key.")
        if not hmac.compare_digest(shown.encode(), self._secret_key.encode()):
            raise ApiError(401, f"Invalid API Key provided: {shown[:8]}****{shown[-4:]}")

    def _read(self, step: Step, object_id: str) -> Response:
        with self._checkout.store.writing():  # looking at a session may expire it
            return _json(step(self._checkout, Form({}), object_id).public())

    def _session(self, request: Request) -> Response:
        """Return a session, with its payment in place of the payment's id when asked to expand it."""
        names = [value for _, value in request.query_params.multi_items()]
        if any(not key.startswith("expand[") for key in request.query_params) or set(names) - {"payment_intent"}:
            raise ApiError(400, "The local Stripe only expands payment_intent.", param="expand")
        with self._checkout.store.writing():
            session = self._checkout.session(request.path_params["id"])
            body = session.public()
            if names and session.payment_intent is not None:
                body["payment_intent"] = _found(self._checkout, PaymentIntent, session.payment_intent).public()
        return _json(body)

    def _write(self, request: Request, body: bytes, step: Step) -> Response:
        """Do a POST once per idempotency key: same key and parameters, same answer; other parameters, 400."""
        if len(body) > _BODY_MAX:
            raise ApiError(413, "The request is too large.")
        form = Form.parse(body)
        key = request.headers.get("idempotency-key", "")
        if len(key) > _KEY_MAX:
            raise ApiError(400, "The idempotency key is too long.", kind="idempotency_error")
        fingerprint = hashlib.sha256(request.url.path.encode() + b"\n" + body).hexdigest()
        now = time.time()
        with self._checkout.store.writing():
            kept = self._checkout.store.answer(key, now - _KEY_LIFE_SECONDS) if key else None
            if kept is not None:
                if kept.fingerprint != fingerprint:
                    raise ApiError(
                        400,
                        "Keys for idempotent requests can only be used with the same parameters they were first"
                        f" used with. Try using a key other than '{key}' if you meant to execute a different request.",
                        kind="idempotency_error",
                    )
                replayed = Response(kept.body, kept.status, media_type="application/json")
                replayed.headers["Idempotent-Replayed"] = "true"
                return replayed
            # A refusal leaves nothing behind, also no answer under the key: the caller may correct and try again.
            answer = _json(step(self._checkout, form, request.path_params.get("id", "")).public())
            if key:
                text = bytes(answer.body).decode()
                self._checkout.store.keep_answer(key, Answer(fingerprint, answer.status_code, text), now)
            return answer

    def _events(self, request: Request) -> Response:
        query = dict(request.query_params)
        limit = _whole(query.pop("limit", "10"), "limit")
        since = _whole(query.pop("created[gte]", "0"), "created[gte]")
        kind, after = query.pop("type", None), query.pop("starting_after", None)
        for name in query:
            raise unknown(name)
        if not 1 <= limit <= _PAGE_MAX:
            raise ApiError(400, "Invalid integer: limit must be between 1 and 100.", param="limit")
        found = self._checkout.store.events(kind=kind, after=after, since=since, limit=limit + 1)
        page = {
            "object": "list",
            "url": "/v1/events",
            "has_more": len(found) > limit,
            "data": [event.public() for event in found[:limit]],
        }
        return _json(page)


def _found(checkout: CheckoutService, kind: type[StripeObject], object_id: str) -> StripeObject:
    thing = checkout.store.get(kind, object_id)
    if thing is None:
        raise missing(kind.__name__.lower(), object_id, "id")
    return thing


def _whole(text: str, param: str) -> int:
    if not text.isdecimal() or len(text) > 12:
        raise ApiError(400, f"Invalid integer: {text}", code="parameter_invalid_integer", param=param)
    return int(text)


def _json(body: dict[str, object], status: int = 200) -> Response:
    return Response(json.dumps(body, indent=2), status, media_type="application/json")
