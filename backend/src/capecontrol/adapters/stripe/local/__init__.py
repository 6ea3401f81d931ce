"""The local Stripe: Checkout, signatures and idempotency keys of the real one, and no money.

Mounted at ``/dev/stripe`` in the environments ``local`` and ``test`` only, and called over HTTP like the real one.
"""

from capecontrol.adapters.stripe.local.app import LocalStripe, local_stripe

__all__ = ["LocalStripe", "local_stripe"]
