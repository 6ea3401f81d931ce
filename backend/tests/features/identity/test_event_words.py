"""How the audit log words acts on sessions, behind the name of who acted."""

import pytest

from capecontrol.main.features import audit_areas


@pytest.mark.parametrize(
    ("action", "data", "title"),
    [
        ("session.confirmed", {}, "Confirmed their password"),
        ("session.refused", {"reason": "unknown-address"}, "Failed to sign in: no such account"),
        ("session.refused", {"reason": "password"}, "Failed to sign in"),
        (
            "session.refused",
            {"confirming": True},
            "Failed to confirm their password",
        ),
        ("session.token_reused", {}, "Session ended as a precaution"),
    ],
)
def test_an_act_on_a_session_is_told_in_words(action: str, data: dict[str, object], title: str) -> None:
    assert audit_areas().title(action, data) == title
