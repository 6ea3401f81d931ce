"""n8n's expressions: ``=`` before a text makes it a template, ``{{ … }}`` in it is JavaScript."""

from pydantic import JsonValue


def is_expression(value: JsonValue) -> bool:
    """Tell whether a parameter's value is to be evaluated."""
    return isinstance(value, str) and value.startswith("=")


def pieces_of(template: str) -> list[JsonValue]:
    """Split a template (with its ``=``) into texts and codes, in order.

    As in n8n the first ``}}`` ends a code, wherever it stands. One code alone keeps its value's type; else the
    pieces are joined as text.
    """
    pieces: list[JsonValue] = []
    rest = template[1:]
    while rest:
        text, opened, after = rest.partition("{{")
        if text:
            pieces.append({"text": text})
        code, closed, rest = after.partition("}}")
        if not opened:
            break
        if not closed:
            pieces.append({"text": opened + after})
            break
        pieces.append({"code": code.strip()})
    return pieces or [{"text": ""}]
