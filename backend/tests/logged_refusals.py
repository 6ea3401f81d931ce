"""What the log says of answers that were no success."""

from typing import Any

import pytest


def logged_refusals(caplog: pytest.LogCaptureFixture) -> list[tuple[str, str, Any]]:
    """Return the level, the slug and the traceback of each."""
    told = [(record.levelname, record.msg) for record in caplog.records if isinstance(record.msg, dict)]
    events = ("request.refused", "request.failed")
    return [(level, line["slug"], line.get("exc_info")) for level, line in told if line["event"] in events]
