"""Bodies about templates and the workflow files that they are made of."""

import uuid
from typing import Annotated, ClassVar

from pydantic import Field, JsonValue, StringConstraints

from capecontrol.core.http import Line, Paragraph, RequestBody, ResponseBody
from capecontrol.core.http.body import Moment
from capecontrol.core.http.optional_member import NotNull
from capecontrol.features.workflows.definition.literals import ParameterType
from capecontrol.features.workflows.definition.parameters import Parameter
from capecontrol.features.workflows.schemas.name import Name


class ParameterBody(RequestBody):
    """A value that each deployment sets."""

    key: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$"), Field(examples=["greeting"])] = Field(
        description="The key under which deployments set the value."
    )
    label: Name = Field(description="The label that operators see.", examples=["Greeting"])
    type: Annotated[ParameterType, Field(strict=False)] = Field(
        default=ParameterType.TEXT, description="The kind of value. A `SECRET` is encrypted and never shown again."
    )
    required: bool = Field(default=True, description="Whether every deployment must set the value.")
    default: str | int | float | bool | None = Field(
        default=None, description="The value for deployments that don't set one."
    )
    pointer: Annotated[
        Line, Field(max_length=500, examples=["/nodes/1/parameters/assignments/assignments/0/value"])
    ] = Field(description="The place of the value in `definition`, as a JSON Pointer.")

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

    name: Name = Field(description="The template's name.", examples=["Lead capture"])
    description: Description = Field(default="", description="What the workflow does.")
    category: Category = Field(default="General", description="The category in the template library.")
    definition: Definition
    parameters: Parameters = Field(default=[], description="The values that each deployment sets.")


class TemplateEdit(RequestBody):
    """The changes for the next version of a template. Fields that are left out stay as they are."""

    members_max: ClassVar[int] = FILE_MEMBERS_MAX

    name: Annotated[Name | None, NotNull()] = Field(default=None, description="The template's name.")
    description: Annotated[Description | None, NotNull()] = Field(default=None, description="What the workflow does.")
    category: Annotated[Category | None, NotNull()] = Field(
        default=None, description="The category in the template library."
    )
    definition: Annotated[Definition | None, NotNull()] = Field(
        default=None, description="The content of a new workflow file."
    )
    parameters: Annotated[Parameters | None, NotNull()] = Field(
        default=None, description="The values that each deployment sets. Replaces all parameters."
    )


class ParameterOut(ResponseBody):
    """A parameter of a template."""

    key: str = Field(description="The key under which deployments set the value.")
    label: str = Field(description="The label that operators see.")
    type: ParameterType = Field(description="The kind of value.")
    required: bool = Field(description="Whether every deployment must set the value.")
    default: str | int | float | bool | None = Field(description="The value for deployments that don't set one.")
    pointer: str = Field(description="The place of the value in the definition, as a JSON Pointer.")


class TemplateSummary(ResponseBody):
    """A version of a template, without its definition."""

    id: uuid.UUID = Field(description="The ID of this version.")
    family_id: uuid.UUID = Field(description="The ID that all versions of the template share.")
    version: int = Field(description="The version number, starting at 1.")
    is_current: bool = Field(description="Whether this is the latest version and can be deployed.")
    name: str = Field(description="The template's name.")
    description: str = Field(description="What the workflow does.")
    category: str = Field(description="The category in the template library.")
    sha256: str = Field(description="The SHA-256 hash of the definition.")
    parameters: list[ParameterOut] = Field(description="The values that each deployment sets.")
    created_at: Moment = Field(description="When this version was created.")


class TemplateOut(TemplateSummary):
    """A version of a template."""

    definition: dict[str, JsonValue] = Field(description="The workflow, as n8n exports it.")


class Inspection(RequestBody):
    """A workflow file to inspect."""

    definition: Definition = Field(description="The content of the workflow file.")


class LiteralOut(ResponseBody):
    """A value of the workflow that can become a parameter."""

    pointer: str = Field(description="The place of the value in the file, as a JSON Pointer.")
    node: str = Field(description="The node that contains the value.")
    label: str = Field(description="A description of the place.", examples=["Tidy up · assignments · greeting"])
    value: str | int | float | bool = Field(description="The value in the file. Empty if it looks like a secret.")
    type: ParameterType = Field(description="The suggested kind of value.")


class CredentialSlotOut(ResponseBody):
    """A credential that a node needs. A TEXT parameter at its pointer takes the id that it has in the target n8n."""

    pointer: str = Field(description="The place of the credential's ID in the file, as a JSON Pointer.")
    node: str = Field(description="The node that needs the credential.")
    type: str = Field(description="The credential's type in n8n.", examples=["httpHeaderAuth"])
    name: str = Field(description="The credential's name in n8n.")


class InspectionOut(ResponseBody):
    """The contents of a workflow file."""

    name: str = Field(description="The workflow's name.")
    trigger: str = Field(description="The Webhook node that starts the workflow.")
    nodes: int = Field(description="The number of nodes.")
    has_own_response: bool = Field(
        description="Whether the workflow sends its own response to the caller of its webhook."
    )
    values: list[LiteralOut] = Field(description="The values that can become parameters.")
    credentials: list[CredentialSlotOut] = Field(description="The credentials that the workflow needs in n8n.")
