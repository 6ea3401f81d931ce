"""Members of answers whose vocabulary grows: an enumeration, of which a later release may have written more."""

from pydantic import GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema


class OpenEnum:
    """Marks a member of an answer that tells history: ``Annotated[Outcome, OpenEnum()]``.

    A history holds what later releases wrote before a rollback, as the text that it is (ADR 0019), so its description
    says: one of these, or another word.
    """

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Describe the enumeration's members, and any other text beside them."""
        return {"anyOf": [handler(schema), {"type": "string", "description": "A value added in a later release."}]}
