"""Bodies about templates and the workflow files that they are made of."""

import uuid
from typing import Annotated, ClassVar

from pydantic import Field, JsonValue, StringConstraints

from capecontrol.core.http import Line, Paragraph, RequestBody, ResponseBody
from capecontrol.core.http.body import Moment
from capecontrol.features.workflows.definition.literals import ParameterType
from capecontrol.features.workflows.definition.parameters import Parameter
from capecontrol.features.workflows.schemas.name import Name


class ParameterBody(RequestBody):
    """One value of the workflow that each deployment decides."""

    key: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$"), Field(examples=["greeting"])]
    label: Name = Field(examples=["Greeting"])
    type: Annotated[ParameterType, Field(strict=False)] = ParameterType.TEXT
    required: bool = True
    default: str | int | float | bool | None = None
    pointer: Annotated[Line, Field(max_length=500, examples=["/nodes/1/parameters/assignments/assignments/0/value"])]

    def to_parameter(self) -> Parameter:
        """Return the value."""
        return Parameter(self.key, self.label, self.type, self.required, self.default, self.pointer)


Definition = Annotated[
    dict[str, JsonValue],
    Field(
        description="The content of a workflow file, as n8n exports it.",
        examples=[
            {
                "name": "Hello",
                "nodes": [
                    {
                        "name": "Webhook",
                        "type": "n8n-nodes-base.webhook",
                        "typeVersion": 2,
                        "position": [0, 0],
                        "parameters": {"httpMethod": "POST", "path": "hello"},
                    }
                ],
                "connections": {},
                "settings": {},
            }
        ],
    ),
]
Category = Annotated[Line, Field(max_length=60, examples=["Sales"])]
Description = Annotated[Paragraph, Field(max_length=4000)]
Parameters = Annotated[list[ParameterBody], Field(max_length=60)]


#: A workflow file of thousands of nodes. They are free JSON, of which no member is refused by name.
FILE_MEMBERS_MAX = 100_000


class NewTemplate(RequestBody):
    """A template to create from a workflow file."""

    members_max: ClassVar[int] = FILE_MEMBERS_MAX

    name: Name = Field(examples=["Lead capture"])
    description: Description = ""
    category: Category = "General"
    definition: Definition
    parameters: Parameters = Field(default=[])


class TemplateEdit(RequestBody):
    """What the template's next version changes. Members that are absent stay as they are."""

    members_max: ClassVar[int] = FILE_MEMBERS_MAX

    name: Name | None = None
    description: Description | None = None
    category: Category | None = None
    definition: Definition | None = None
    parameters: Parameters | None = None


class ParameterOut(ResponseBody):
    """A parameter of a template."""

    key: str
    label: str
    type: ParameterType
    required: bool
    default: str | int | float | bool | None
    pointer: str


class TemplateSummary(ResponseBody):
    """A template's version, without its definition."""

    id: uuid.UUID
    family_id: uuid.UUID = Field(description="Shared by all versions of the template.")
    version: int
    is_current: bool
    name: str
    description: str
    category: str
    sha256: str = Field(description="Digest of the definition.")
    parameters: list[ParameterOut]
    created_at: Moment


class TemplateOut(TemplateSummary):
    """A template's version."""

    definition: dict[str, JsonValue]


class Inspection(RequestBody):
    """A workflow file to look into."""

    definition: Definition


class LiteralOut(ResponseBody):
    """A value in the workflow that can be made a parameter."""

    pointer: str
    node: str
    label: str = Field(examples=["Tidy up · assignments · greeting"])
    value: str | int | float | bool = Field(description="The file's value; empty for what looks like a secret.")
    type: ParameterType = Field(description="A suggestion.")


class CredentialSlotOut(ResponseBody):
    """A credential that a node needs. A TEXT parameter at its pointer takes the id that it has in the target n8n."""

    pointer: str
    node: str
    type: str = Field(examples=["httpHeaderAuth"])
    name: str


class InspectionOut(ResponseBody):
    """What a workflow file holds."""

    name: str
    trigger: str = Field(description="The Webhook node that starts it.")
    nodes: int
    has_own_response: bool = Field(description="Whether the workflow itself answers its trigger.")
    values: list[LiteralOut]
    credentials: list[CredentialSlotOut]
