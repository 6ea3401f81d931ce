"""The payment page: what the payer sees at ``/dev/stripe/pay/{session}``."""

from collections.abc import Callable
from importlib.resources import files
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from capecontrol.adapters.stripe.local.checkout import DECLINED, CheckoutService
from capecontrol.adapters.stripe.local.failures import ApiError
from capecontrol.adapters.stripe.local.form import Form
from capecontrol.adapters.stripe.local.objects import CheckoutSession
from capecontrol.core.formats import Formats
from capecontrol.core.money import Money
from capecontrol.core.templating import templates

_PACKAGE = "capecontrol.adapters.stripe.local"
#: Stripe's test card that is always declined.
_DECLINED_CARD = "4000000000000002"
_FORM_MAX = 4096
_PAID_CARD = "4242424242424242"


class Page:
    """The routes that a browser visits."""

    def __init__(self, checkout: CheckoutService, after_change: Callable[[], None]) -> None:
        """Take the service, and whom to tell that there may be something to deliver."""
        self._checkout = checkout
        self._after_change = after_change
        self._template = templates(_PACKAGE, "pages").get_template("pay.html")
        self._styles = (files(_PACKAGE) / "pages" / "pay.css").read_bytes()
        self._typeface = (files("capecontrol.adapters.pdf") / "fonts" / "inter-latin-wght-normal.woff2").read_bytes()

    def routes(self) -> list[Route]:
        """Return the routes of the page."""
        return [
            Route("/pay/{id}", self._show, methods=["GET"]),
            Route("/pay/{id}", self._submit, methods=["POST"]),
            Route("/assets/pay.css", self._stylesheet, methods=["GET"]),
            Route("/assets/inter.woff2", self._font, methods=["GET"]),
        ]

    async def _stylesheet(self, request: Request) -> Response:
        return Response(self._styles, media_type="text/css", headers={"Cache-Control": "no-cache"})

    async def _font(self, request: Request) -> Response:
        return Response(self._typeface, media_type="font/woff2", headers={"Cache-Control": "max-age=86400"})

    async def _show(self, request: Request) -> Response:
        session = await run_in_threadpool(self._look, request.path_params["id"])
        self._after_change()
        return self._page(session)

    async def _submit(self, request: Request) -> Response:
        """Pay, or play the bank; a second click on Pay finds the session complete and only goes on to the shop."""
        try:
            form = Form.parse((await request.body())[:_FORM_MAX])
            number = (form.text("card_number") or "").replace(" ", "")
            action = form.text("action")
        except ApiError:
            number, action = "", None
        bank = {
            "debit": self._checkout.debit,
            "clear-debit": self._checkout.clear_debit,
            "refuse-debit": self._checkout.refuse_debit,
        }.get(action or "")
        is_declined = action == "decline" or (bank is None and number == _DECLINED_CARD)
        if bank is None and not is_declined and number != _PAID_CARD:
            session = await run_in_threadpool(self._look, request.path_params["id"])
            return self._page(session, "Use the test card 4242 4242 4242 4242: this page takes no real cards.")
        step = self._checkout.decline if is_declined else bank or self._checkout.pay
        session = await run_in_threadpool(self._do, step, request.path_params["id"])
        self._after_change()
        if session is not None and session.status == "complete":
            return RedirectResponse(session.success_url, status_code=303)
        return self._page(session, DECLINED.message if is_declined else None)

    def _look(self, session_id: str) -> CheckoutSession | None:
        return self._do(self._checkout.session, session_id)

    def _do(self, step: Callable[[str], CheckoutSession], session_id: str) -> CheckoutSession | None:
        try:
            with self._checkout.store.writing():
                return step(session_id)
        except ApiError:
            return None

    def _page(self, session: CheckoutSession | None, problem: str | None = None) -> Response:
        is_open = session is not None and session.status == "open"
        status = 404 if session is None else 200 if problem is None else 422
        body = self._template.render(
            session=session,
            is_open=is_open,
            problem=problem if is_open else None,
            base=self._checkout.page_base,
            formats=Formats(),
            total=session and _money(session.amount_total, session),
            lines=[(line, _money(line.amount, session)) for line in session.lines] if session else [],
        )
        return Response(body, status, media_type="text/html", headers=_headers(session))


def _money(amount: int, session: CheckoutSession) -> Money:
    return Money(amount, session.currency.upper())


def _headers(session: CheckoutSession | None) -> dict[str, str]:
    """Return the headers of the page: nothing inline, and after paying the form may lead to the shop."""
    shop = urlsplit(session.success_url) if session else None
    to_shop = f" {shop.scheme}://{shop.netloc}" if shop and shop.scheme in ("http", "https") else ""
    return {
        "Content-Security-Policy": (
            "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
            f"base-uri 'none'; frame-ancestors 'none'; form-action 'self'{to_shop}"
        ),
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }
