"""Who may listen: everybody who is signed in and in order. What they hear is `test_streams`' affair."""

from tests.security.row import ELSE, SIGNED_IN, Row

ROWS = (Row("stream_changes", SIGNED_IN, {403: "new", 200: ELSE}, fuzz={200, 422}),)
