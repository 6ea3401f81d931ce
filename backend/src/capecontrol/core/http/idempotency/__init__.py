"""Idempotency keys: a POST that is sent twice makes one thing and gets the first answer twice.

The route class is the only one who knows of keys. Where the route has one unit of work, the key's row is inserted at
its start: a second request with the key waits on the unique index until the first has committed (then it is answered
from the record) or rolled back (then it goes on), and the answer is stored in the transaction of the effect.

Where an action works in phases, the row is committed before the first of them, with a lease, and answered after the
last. A twin waits a moment for the answer. An attempt that died leaves the row behind: the next one with the key takes
it over when the lease is out, under the same ``operation_id``, and finds what was made.

Refusals are not stored: the caller may send something else under the key.
"""
