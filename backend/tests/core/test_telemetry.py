"""Secrets never reach a log, at whatever depth somebody passes them."""

import pytest

from capecontrol.core.telemetry import redact

SECRET = "hunter2-and-more"


@pytest.mark.parametrize(
    "event",
    [
        {"password": SECRET},
        {"new_password": SECRET},
        {"Authorization": f"Bearer {SECRET}"},
        {"refresh_token": SECRET},
        {"api_key": SECRET},
        {"apiKey": SECRET},
        {"X-Signature": SECRET},
        {"cookie": SECRET},
        {"headers": {"Set-Cookie": SECRET}},
        {"bodies": [{"client_secret": SECRET}, ({"token": SECRET},)]},
        {"credentials": [SECRET]},
    ],
)
def test_values_of_telling_keys_are_redacted(event: dict[str, object]) -> None:
    assert SECRET not in str(redact(None, "info", dict(event)))


def test_everything_else_stays() -> None:
    event = {"event": "request.served", "route": "/api/projects", "status": 200, "parts": [1, {"a": "b"}]}
    assert redact(None, "info", dict(event)) == event
