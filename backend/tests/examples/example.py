"""One operation's example: what was sent, and what was answered; and whether two of them have one shape."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

#: Members whose own members differ with what they are about; which there are no example can say.
_FREE = frozenset({"data", "metadata", "parameters", "filter", "definition"})


@dataclass(frozen=True, slots=True)
class Example:
    """A call and its answer. ``headers`` are those of the contract that only some operations send."""

    query: Mapping[str, str | int]
    body: Any
    status: int
    headers: tuple[str, ...]
    answer: Any

    @classmethod
    def of_text(cls, text: str) -> "Example":
        """Read a file."""
        told = json.loads(text)
        request, answer = told["request"], told["answer"]
        return cls(
            request.get("query", {}),
            request.get("body"),
            answer["status"],
            tuple(answer.get("headers", ())),
            answer.get("body"),
        )

    def to_text(self) -> str:
        """Write a file: what is empty is left out."""
        request = {"query": dict(self.query), "body": self.body}
        answer = {"status": self.status, "headers": list(self.headers), "body": self.answer}
        told = {"request": _without_nothing(request), "answer": _without_nothing(answer)}
        return json.dumps(told, indent=2, ensure_ascii=False) + "\n"

    def differences(self, live: "Example") -> list[str]:
        """Return where another call had another shape."""
        found = [f"{name}: {ours} is not {theirs}" for name, ours, theirs in self._plain(live) if ours != theirs]
        return [
            *found,
            *_differences("request", self.body, live.body),
            *_differences("answer", self.answer, live.answer),
        ]

    def _plain(self, live: "Example") -> Iterator[tuple[str, object, object]]:
        yield "status", self.status, live.status
        yield "headers", sorted(self.headers), sorted(live.headers)
        yield "query", sorted(self.query), sorted(live.query)


def _without_nothing(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value is not None and value not in ({}, [])}


def _differences(place: str, ours: Any, theirs: Any) -> Iterator[str]:
    if ours is None or theirs is None:
        # What may be null is either; whether there is a body at all tells its kind.
        return
    if _kind(ours) != _kind(theirs):
        yield f"{place}: {ours!r} is not of the kind of {theirs!r}"
    elif isinstance(ours, dict):
        names = {*ours, *theirs}
        if odd := names - (ours.keys() & theirs.keys()):
            yield f"{place}: only one of them has {sorted(odd)}"
        for name in sorted(names - odd - _FREE):
            yield from _differences(f"{place}.{name}", ours[name], theirs[name])
    elif isinstance(ours, list):
        yield from _differences(place, _joined(ours), _joined(theirs))


def _joined(items: list[Any]) -> Any:
    """Return one item that has the members of all; None of an empty list."""
    objects = [item for item in items if isinstance(item, dict)]
    if not objects:
        return items[0] if items else None
    joined: dict[str, Any] = {}
    for item in objects:
        for name, value in item.items():
            if joined.get(name) is None:
                joined[name] = value
    return joined


def _kind(value: Any) -> str:
    return "number" if isinstance(value, int | float) and not isinstance(value, bool) else type(value).__name__
