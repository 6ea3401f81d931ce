"""What many operations answer alike is told once, among the document's shared responses."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

Operation = dict[str, Any]


def share_refusals(operations: list[Operation]) -> dict[str, dict[str, Any]]:
    """Put references where several operations refuse in the same words; return the shared responses by name."""
    count = Counter(_key(response) for operation in operations for _, response in _refusals(operation))
    shared: dict[str, dict[str, Any]] = {}
    for operation in operations:
        for status, response in list(_refusals(operation)):
            name = _name(response)
            # Of two that differ in their headers only, the first one has the name.
            if count[_key(response)] > 1 and shared.setdefault(name, response) == response:
                operation["responses"][status] = {"$ref": f"#/components/responses/{name}"}
    return shared


def _refusals(operation: Operation) -> Iterator[tuple[str, dict[str, Any]]]:
    for status, response in operation["responses"].items():
        if status.startswith(("4", "5")) and any("examples" in one for one in response.get("content", {}).values()):
            yield status, response


def _key(response: dict[str, Any]) -> str:
    return json.dumps(response, sort_keys=True)


def _name(response: dict[str, Any]) -> str:
    """Return a name made of its problems' slugs: of ``auth/forbidden`` and ``not-found``, AuthForbiddenOrNotFound."""
    (content,) = response["content"].values()
    words = (slug.replace("/", "-").split("-") for slug in content["examples"])
    return "Or".join("".join(word.capitalize() for word in one) for one in words)
