"""Stripe's request bodies: form-encoded, with brackets for nesting (``line_items[0][price_data][currency]``)."""

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl

from capecontrol.adapters.stripe.local.failures import ApiError, required, unknown

_KEY = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")
_PART = re.compile(r"\[([^\[\]]*)\]")
_NUMBER = re.compile(r"-?[0-9]{1,18}")

Tree = dict[str, "Tree | str"]


class Form:
    """A node of a decoded body. Reading a member takes it off; what is left at the end was unknown."""

    def __init__(self, tree: Tree, path: str = "") -> None:
        """Wrap a node; ``path`` is how errors name it."""
        self._tree = dict(tree)
        self._path = path

    @classmethod
    def parse(cls, body: bytes) -> "Form":
        """Decode a body.

        Raises:
            ApiError: it is no form, or a key stands for a text and for a branch at once.
        """
        tree: Tree = {}
        try:
            pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, strict_parsing=bool(body))
        except ValueError:
            raise ApiError(400, "Invalid request body: not form-encoded.") from None
        for key, value in pairs:
            match = _KEY.fullmatch(key)
            if match is None:
                raise unknown(key)
            _plant(tree, [match[1], *_PART.findall(match[2])], value, key)
        return cls(tree)

    def text(self, name: str, *, limit: int = 5000) -> str | None:
        """Take a text, or None when it was not given (or given empty: Stripe's way to unset)."""
        value = self._tree.pop(name, None)
        if isinstance(value, dict):
            raise ApiError(400, f"Invalid string: {self._name(name)}", param=self._name(name))
        if value is not None and len(value) > limit:
            raise ApiError(400, f"Invalid string: {self._name(name)} is too long.", param=self._name(name))
        return value or None

    def required_text(self, name: str) -> str:
        """Take a text that must be given."""
        value = self.text(name)
        if value is None:
            raise required(self._name(name))
        return value

    def number(self, name: str) -> int | None:
        """Take an integer, or None when it was not given."""
        value = self.text(name)
        if value is None:
            return None
        if not _NUMBER.fullmatch(value):
            raise ApiError(400, f"Invalid integer: {value}", code="parameter_invalid_integer", param=self._name(name))
        return int(value)

    def branch(self, name: str) -> "Form | None":
        """Take a nested object, or None."""
        value = self._tree.pop(name, None)
        if value is None:
            return None
        if isinstance(value, str):
            raise ApiError(400, f"Invalid object: {self._name(name)}", param=self._name(name))
        return Form(value, self._name(name))

    def items(self, name: str) -> "list[Form]":
        """Take a list of objects, in the order of its indices."""
        node = self.branch(name)
        if node is None:
            return []
        if not all(key.isdigit() for key in node._tree):
            raise ApiError(400, f"Invalid array: {self._name(name)}", param=self._name(name))
        branches = (node.branch(key) for key in sorted(node._tree, key=int))
        return [branch for branch in branches if branch is not None]

    def texts(self, name: str) -> dict[str, str]:
        """Take a flat object of texts (``metadata``)."""
        node = self.branch(name)
        return {} if node is None else {key: node.text(key, limit=500) or "" for key in list(node._tree)}

    def done(self) -> None:
        """Refuse what nobody read."""
        for name in self._tree:
            raise unknown(self._name(name))

    def _name(self, name: str) -> str:
        return f"{self._path}[{name}]" if self._path else name


def _plant(tree: Tree, parts: Iterable[str], value: str, key: str) -> None:
    *branches, leaf = parts
    for branch in branches:
        below = tree.setdefault(branch, {})
        if isinstance(below, str):
            raise ApiError(400, f"Invalid object: {key}", param=key)
        tree = below
    if isinstance(tree.get(leaf), dict):
        raise ApiError(400, f"Invalid string: {key}", param=key)
    tree[leaf] = value
