"""Who may do what in business: in whose name operators write."""

from tests.security.row import ELSE, SIGNED_IN, Row

ROWS = (Row("get_business", SIGNED_IN, {200: "OPE", 403: ELSE}, fuzz={200, 400}),)
