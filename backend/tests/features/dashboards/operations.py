"""Who may see a dashboard."""

from tests.security.row import ELSE, SIGNED_IN, Row

ROWS = (Row("get_dashboard", SIGNED_IN, {200: "OPE OWN ADM USE fOW fAD fUS", 403: ELSE}, fuzz={200, 422}),)
