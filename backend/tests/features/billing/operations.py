"""Who may do what in billing: the owner pays. Webhooks are signed by the sender: no session, no CSRF pair."""

from tests.features.billing.builders import build_invoice, build_payment_intent, sign_stripe, stripe_event
from tests.features.proposals.builders import build_approved_proposal
from tests.security.call import Call, about
from tests.security.row import ELSE, SIGNED_IN, Row, public
from tests.security.world import World


async def _stripe_webhook(world: World) -> Call:
    del world
    payload = stripe_event()
    headers = {"Stripe-Signature": sign_stripe(payload), "Content-Type": "application/json"}
    return Call(content=payload, headers=headers)


ROWS = (
    Row(
        "open_checkout",
        SIGNED_IN,
        {201: "OWN", 404: "fOW", 403: ELSE},
        no_csrf=403,
        unknown=404,
        call=about("proposal_id", build_approved_proposal),
        fuzz={201, 400, 404, 409, 422},
    ),
    Row(
        "get_payment_intent",
        SIGNED_IN,
        {200: "OPE OWN", 404: "fOW", 403: ELSE},
        unknown=404,
        call=about("payment_intent_id", build_payment_intent),
        fuzz={200, 404, 422},
    ),
    Row("list_payments", SIGNED_IN, {200: "OPE OWN fOW", 403: ELSE}, fuzz={200, 400, 422}),
    Row("list_invoices", SIGNED_IN, {200: "OPE OWN ADM USE fOW fAD fUS", 403: ELSE}, fuzz={200, 400, 422}),
    Row("export_payments", SIGNED_IN, {200: "OPE OWN fOW", 403: ELSE}, fuzz={200, 400, 422}),
    Row("export_invoices", SIGNED_IN, {200: "OPE OWN ADM USE fOW fAD fUS", 403: ELSE}, fuzz={200, 400, 422}),
    Row(
        "get_invoice",
        SIGNED_IN,
        {200: "OPE OWN ADM USE", 404: "fOW fAD fUS", 403: ELSE},
        unknown=404,
        call=about("invoice_id", build_invoice),
        fuzz={200, 404, 422},
    ),
    Row(
        "get_invoice_pdf",
        SIGNED_IN,
        {200: "OPE OWN ADM USE", 404: "fOW fAD fUS", 403: ELSE},
        unknown=404,
        call=about("invoice_id", build_invoice),
        fuzz={200, 404, 409, 422},
    ),
    Row(
        "receive_stripe_webhook",
        public(200),
        {200: ELSE},
        no_csrf=200,
        call=_stripe_webhook,
        proof_headers={"stripe-signature"},
        fuzz={200, 400, 422},
        keyless="events have ids of their own",
    ),
    Row(
        "open_payfast_checkout",
        public(503),
        {503: ELSE},
        no_csrf=503,
        fuzz={422, 503},
        never_succeeds="on hold by the spec: answers 503 and nothing more",
        keyless="on hold",
    ),
    Row(
        "receive_payfast_notice",
        public(503),
        {503: ELSE},
        no_csrf=503,
        fuzz={422, 503},
        never_succeeds="on hold by the spec: answers 503 and nothing more",
        keyless="on hold",
    ),
)
