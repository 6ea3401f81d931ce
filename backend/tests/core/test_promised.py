"""What the database promises is there, or the error says what was promised."""

import pytest

from capecontrol.core.promised import promised


def test_a_promised_row_is_returned() -> None:
    row = object()
    assert promised(row, "never deleted") is row


def test_a_broken_promise_says_what_was_promised() -> None:
    with pytest.raises(LookupError, match=r"^workflows are never deleted here$"):
        promised(None, "workflows are never deleted here")
