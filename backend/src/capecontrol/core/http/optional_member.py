"""Members of a change that may be left out, and are something when they are there."""

from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema


class NotNull:
    """Marks a member that stays as it is when it is left out, and refuses null: ``Annotated[X | None, NotNull()]``."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Refuse null before anything else is asked. What is left out is not validated."""
        return core_schema.no_info_before_validator_function(_refuse_null, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Describe the member without null."""
        described = handler(schema)
        kinds = [kind for kind in described.pop("anyOf") if kind != {"type": "null"}]
        return {**described, **(kinds[0] if len(kinds) == 1 else {"anyOf": kinds})}


def _refuse_null(value: object) -> object:
    if value is None:
        raise ValueError("enter a value, or leave this out to keep it as it is")
    return value
