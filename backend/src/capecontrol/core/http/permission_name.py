"""A permission's name in a body. Which ones there are only main can say, which joins the features' grants."""

from typing import Annotated

from pydantic import WithJsonSchema

#: What stands for the names in a schema, until main writes the enumeration in its place.
PLACEHOLDER = {"type": "string", "format": "capecontrol-permission"}

#: A permission, as an answer tells it. Of answers nothing is refused: the enumeration is the reader's.
PermissionName = Annotated[str, WithJsonSchema(PLACEHOLDER)]
