"""What the description of the API says of a stream: of the data of each of its events."""

import json
from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator


def events_of(text: str) -> Iterator[Any]:
    """Yield the data of the events in the text of a stream."""
    for block in text.split("\n\n"):
        lines = _lines(block)
        if "event" in lines:
            yield json.loads(lines["data"])


def _lines(block: str) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))


class DescribedStream:
    """An operation that answers a stream, as the document describes it."""

    def __init__(self, document: dict[str, Any], path: str) -> None:
        (content,) = document["paths"][path]["get"]["responses"]["200"]["content"].values()
        # Its references lead to the components, which therefore stand beside them.
        self._validator = Draft202012Validator({**content["schema"], "components": document["components"]})

    def faults(self, text: str) -> list[str]:
        """Return what is not as described in the text of a stream: its events' data, and that this names the event."""
        return [fault for block in text.split("\n\n") for fault in self._faults_of(block)]

    def _faults_of(self, block: str) -> list[str]:
        lines = _lines(block)
        if "event" not in lines:
            return []
        data = json.loads(lines["data"])
        faults = [f"{data}: {error.message}" for error in self._validator.iter_errors(data)]
        return faults or ([] if data["event"] == lines["event"] else [f"{data} came as {lines['event']}"])
