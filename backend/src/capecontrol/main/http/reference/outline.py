"""The OpenAPI document, put in the order of a reader."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_METHODS = ("get", "post", "put", "patch", "delete")
_DEPTH_MAX = 4
#: What the answer to every request may carry: the introduction tells of it.
_EVERYWHERE = frozenset({"X-Request-ID", "RateLimit", "RateLimit-Policy"})
#: By security scheme, what a caller is told to have.
_NEEDS = {"session": "Needs a session", "key": "Needs an API key"}


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a body, or one parameter."""

    name: str
    type: str
    is_required: bool
    description: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """One status that an operation answers with."""

    status: str
    description: str
    slugs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    needs: str
    parameters: tuple[Member, ...]
    body: tuple[Member, ...]
    answer: tuple[Member, ...]
    headers: tuple[Member, ...]
    request_example: str
    answer_example: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """The operations of one tag."""

    name: str
    description: str
    operations: tuple[Operation, ...]


class Outline:
    """Reads a document."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        """Take the document as ``/openapi.json`` gives it."""
        self._document = document

    def chapters(self) -> list[Chapter]:
        """Return the operations by tag, in the order in which the document describes its tags."""
        found: dict[str, list[Operation]] = {}
        for path, item in self._document["paths"].items():
            for method in _METHODS:
                if method in item:
                    tag = (item[method].get("tags") or ["other"])[0]
                    found.setdefault(tag, []).append(self._operation(path, method, item[method]))
        told = {tag["name"]: tag["description"] for tag in self._document.get("tags", ())}
        names = sorted(found, key=[*told, *found].index)
        return [Chapter(name, told.get(name, ""), tuple(found[name])) for name in names]

    def _operation(self, path: str, method: str, raw: Mapping[str, Any]) -> Operation:
        responses = raw.get("responses", {})
        success: Mapping[str, Any] = next((responses[status] for status in responses if status.startswith("2")), {})
        security = raw.get("security", ())
        return Operation(
            id=raw["operationId"],
            method=method.upper(),
            path=path,
            summary=raw.get("summary", ""),
            description=raw.get("description", ""),
            needs="" if {} in security else next((_NEEDS[name] for one in security for name in one), ""),
            parameters=tuple(
                Member(
                    parameter["name"],
                    self._type(parameter.get("schema", {})),
                    parameter.get("required", False),
                    parameter.get("description", ""),
                )
                for parameter in map(self._resolve, raw.get("parameters", []))
            ),
            body=tuple(self._members(_json_schema(raw.get("requestBody", {})))),
            answer=tuple(self._members(_json_schema(success))),
            headers=tuple(
                Member(name, self._type(header["schema"]), is_required=False, description=header["description"])
                for name, one in success.get("headers", {}).items()
                for header in [self._resolve(one)]
                if name not in _EVERYWHERE
            ),
            request_example=_example(raw.get("requestBody", {})),
            answer_example=_example(success),
            answers=tuple(
                Answer(
                    status,
                    response.get("description", ""),
                    tuple(response.get("content", {}).get("application/problem+json", {}).get("examples", {})),
                )
                for status, response in ((status, self._resolve(one)) for status, one in responses.items())
            ),
        )

    def _members(self, schema: Mapping[str, Any], depth: int = 0) -> Iterator[Member]:
        schema = self._resolve(schema)
        if schema.get("type") == "array":
            yield from self._members(schema.get("items", {}), depth)
            return
        required = schema.get("required", [])
        for name, member in schema.get("properties", {}).items():
            yield Member(name, self._type(member), name in required, self._describe(member), depth)
            if depth < _DEPTH_MAX:
                yield from self._members(self._inner(member), depth + 1)

    def _inner(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the object inside a member: itself, an array's item, or the only choice that is not null."""
        choices = [choice for choice in schema.get("anyOf", []) if choice.get("type") != "null"]
        if len(choices) == 1:
            return self._inner(choices[0])
        if schema.get("type") == "array":
            return self._inner(schema.get("items", {}))
        return schema if "$ref" in schema or schema.get("type") == "object" else {}

    def _resolve(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return what a reference leads to: a schema, a parameter or a response."""
        if "$ref" not in schema:
            return schema
        _, _, kind, name = schema["$ref"].split("/")
        resolved: Mapping[str, Any] = self._document["components"][kind][name]
        return resolved

    def _describe(self, schema: Mapping[str, Any]) -> str:
        return str(schema.get("description") or "")

    def _type(self, schema: Mapping[str, Any]) -> str:
        if "anyOf" in schema:
            return " or ".join(dict.fromkeys(self._type(choice) for choice in schema["anyOf"]))
        schema = self._resolve(schema)
        if "enum" in schema:
            return " | ".join(str(value) for value in schema["enum"])
        if "const" in schema:
            return str(schema["const"])
        if schema.get("type") == "array":
            return f"list of {self._type(schema.get('items', {}))}"
        return str(schema.get("format") or schema.get("type") or "any")


def _json_schema(holder: Mapping[str, Any]) -> Mapping[str, Any]:
    schema: Mapping[str, Any] = holder.get("content", {}).get("application/json", {}).get("schema", {})
    choices = [choice for choice in schema.get("anyOf", []) if choice.get("type") != "null"]
    return choices[0] if len(choices) == 1 else schema


def _example(holder: Mapping[str, Any]) -> str:
    """Return the example of a body as it is sent: a text as it is, all else as JSON."""
    for content in holder.get("content", {}).values():
        value = content.get("example")
        if value is not None:
            return value if isinstance(value, str) else json.dumps(value, indent=2, ensure_ascii=False)
    return ""
