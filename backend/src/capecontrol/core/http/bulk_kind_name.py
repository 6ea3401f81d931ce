"""The name of a kind of bulk operation in a body. Which ones there are only main can say, which joins the features'."""

from typing import Annotated

from pydantic import WithJsonSchema

#: What stands for the names in a schema, until main writes the enumeration in its place.
PLACEHOLDER = {"type": "string", "format": "capecontrol-bulk-kind"}

#: A kind, as it is asked for and answered. Whether there is such a one is for the operation to say.
BulkKindName = Annotated[str, WithJsonSchema(PLACEHOLDER)]
