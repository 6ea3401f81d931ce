"""What flows between nodes."""

from dataclasses import dataclass, field

from pydantic import JsonValue

JsonObject = dict[str, JsonValue]


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One item, and the one that it was made from: so that ``$('Node').item`` finds its way back."""

    json: JsonObject
    source: "Item | None" = field(default=None, repr=False)
