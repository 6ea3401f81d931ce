"""How templates' parameters and deployments' values lie in the database, and back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from pydantic import JsonValue, TypeAdapter

from capecontrol.core.crypto import Keyring
from capecontrol.features.workflows.definition.literals import ParameterType
from capecontrol.features.workflows.definition.parameters import Parameter, ParameterValue
from capecontrol.features.workflows.models import WorkflowInstance, WorkflowTemplate

_PARAMETERS = TypeAdapter(list[Parameter])
_VALUES = TypeAdapter(dict[str, ParameterValue])


def parameters_of(template: WorkflowTemplate) -> list[Parameter]:
    """Return a template's parameters."""
    return _PARAMETERS.validate_python(template.parameters)


def to_json(parameters: Sequence[Parameter]) -> list[JsonValue]:
    """Return parameters as the template's column holds them."""
    return [{**asdict(parameter), "type": str(parameter.type)} for parameter in parameters]


def shown_values(parameters: Sequence[Parameter], values: Mapping[str, ParameterValue]) -> list[JsonValue]:
    """Return what people may see of a deployment's values."""
    return [
        {
            "key": parameter.key,
            "label": parameter.label,
            "type": str(parameter.type),
            "value": None if parameter.type is ParameterType.SECRET else values.get(parameter.key),
        }
        for parameter in parameters
        if parameter.key in values
    ]


def seal_secrets(keyring: Keyring, parameters: Sequence[Parameter], values: Mapping[str, ParameterValue]) -> str | None:
    """Return the secret values, sealed together, or None when there are none."""
    secrets = {p.key: values[p.key] for p in parameters if p.type is ParameterType.SECRET and p.key in values}
    return keyring.seal(json.dumps(secrets)) if secrets else None


def values_of(keyring: Keyring, instance: WorkflowInstance) -> dict[str, ParameterValue]:
    """Return all of a deployment's values by key, the secret ones opened: never for an answer or a log."""
    shown = {
        str(entry["key"]): entry["value"]
        for entry in instance.parameters
        if isinstance(entry, dict) and entry.get("value") is not None
    }
    secrets = json.loads(keyring.open(instance.secrets_sealed)) if instance.secrets_sealed else {}
    return _VALUES.validate_python({**shown, **secrets})
