"""The examples of the document: a file for each operation, recorded by ``tests/examples`` and held against the API."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from capecontrol.main.http.guides.library import DOCUMENTS

EXAMPLES = DOCUMENTS / "api" / "examples"
#: What a file tells: the ``request`` (``query``, ``body``), and the ``answer`` (``status``, ``headers``, ``body``).
Example = Mapping[str, Mapping[str, Any]]
_NONE: Example = {"request": {}, "answer": {}}


def read_examples(folder: Path = EXAMPLES) -> Mapping[str, Example]:
    """Return the examples by operation; none of an operation that was written a moment ago."""
    return {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.json"))}


def add_example(operation: dict[str, Any], examples: Mapping[str, Example]) -> dict[str, list[str]]:
    """Put an operation's example where OpenAPI has it; return by status the headers that its answer had."""
    example = examples.get(operation["operationId"], _NONE)
    request, answer = example["request"], example["answer"]
    for parameter in operation.get("parameters", ()):
        if parameter.get("in") == "query" and parameter["name"] in request.get("query", {}):
            parameter["example"] = request["query"][parameter["name"]]
    if "body" in request:
        _add_to(operation["requestBody"], request["body"])
    status = str(answer.get("status", ""))
    if "body" in answer:
        _add_to(operation["responses"][status], answer["body"])
    return {status: list(answer.get("headers", ()))}


def _add_to(holder: Mapping[str, Any], value: Any) -> None:
    for content in holder["content"].values():
        content["example"] = value
