"""Parameters of a template: which values vary, what they may be, and what a deployment gives for them."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import JsonValue

from capecontrol.core.problems import FieldError, Invalid
from capecontrol.features.workflows.definition.graph import JsonObject
from capecontrol.features.workflows.definition.literals import ParameterType, literals_of, slots_of
from capecontrol.features.workflows.definition.pointer import replaced

TEXT_MAX = 4000
NUMBER_MAX = 10**15

ParameterValue = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Parameter:
    """One value that a deployment decides. ``pointer`` leads to it in the template's definition."""

    key: str
    label: str
    type: ParameterType
    required: bool
    default: ParameterValue | None
    pointer: str


def check_parameters(definition: JsonObject, parameters: Sequence[Parameter]) -> None:
    """Check a template's parameters against its definition.

    Raises:
        Invalid: a key or a pointer is there twice, a pointer leads to nothing that may vary, a default does not fit
            its type, or a secret has one. The pointers begin with ``/parameters``.
    """
    variable = {literal.pointer for literal in literals_of(definition)}
    variable |= {slot.pointer for slot in slots_of(definition)}
    keys: set[str] = set()
    pointers: set[str] = set()
    errors = []
    for index, parameter in enumerate(parameters):
        at = f"/parameters/{index}"
        if parameter.key in keys:
            errors.append(FieldError(f"{at}/key", "Another parameter already uses this key."))
        if parameter.pointer in pointers:
            errors.append(FieldError(f"{at}/pointer", "Another parameter already sets this value."))
        elif parameter.pointer not in variable:
            errors.append(FieldError(f"{at}/pointer", "The workflow has no fixed value in this place."))
        if parameter.default is not None:
            if parameter.type is ParameterType.SECRET:
                errors.append(
                    FieldError(
                        f"{at}/default", "A secret can't have a default value, because every operator could read it."
                    )
                )
            elif complaint := complaint_about(parameter.type, parameter.default):
                errors.append(FieldError(f"{at}/default", complaint))
        keys.add(parameter.key)
        pointers.add(parameter.pointer)
    if errors:
        raise Invalid("The parameters don't match the workflow.", errors=errors)


def without_secrets(definition: JsonObject, parameters: Sequence[Parameter]) -> JsonObject:
    """Return the definition with the places of secret parameters emptied: the file's own secrets are not kept."""
    return replaced(definition, {p.pointer: "" for p in parameters if p.type is ParameterType.SECRET})


def resolve_values(parameters: Sequence[Parameter], given: Mapping[str, JsonValue]) -> dict[str, ParameterValue]:
    """Return each parameter's value by key: the given one, else the default; optional ones may be missing.

    Raises:
        Invalid: an unknown key, a required one that is missing, or a value that does not fit. The pointers begin
            with ``/parameters``.
    """
    known = {parameter.key: parameter for parameter in parameters}
    errors = [
        FieldError(f"/parameters/{key}"[:200], "The template has no parameter with this key.")
        for key in given
        if key not in known
    ]
    values: dict[str, ParameterValue] = {}
    for key, parameter in known.items():
        value = given.get(key)
        if value is None or (value == "" and parameter.required):
            if parameter.default is not None:
                values[key] = parameter.default
            elif parameter.required:
                errors.append(FieldError(f"/parameters/{key}", f"Enter a value for “{parameter.label}”."))
            continue
        complaint = complaint_about(parameter.type, value)
        if complaint:
            errors.append(FieldError(f"/parameters/{key}", complaint))
        elif isinstance(value, str | int | float):
            values[key] = value
    if errors:
        raise Invalid("Some parameters are missing.", errors=errors)
    return values


def complaint_about(kind: ParameterType, value: JsonValue) -> str | None:
    """Return why a value does not fit a type, or None when it does."""
    if kind is ParameterType.BOOLEAN:
        return None if isinstance(value, bool) else "Choose true or false."
    if kind is ParameterType.NUMBER:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not math.isfinite(float(str(value))) or abs(float(str(value))) > NUMBER_MAX:
            return "Enter a number of at most 15 digits."
        return None
    if not isinstance(value, str) or len(value) > TEXT_MAX:
        return f"Enter at most {TEXT_MAX:,} characters."
    if any((ord(c) < 32 and c not in "\t\r\n") or ord(c) == 127 or "\ud800" <= c <= "\udfff" for c in value):
        return "Remove the control characters."
    if value.startswith("="):
        # n8n would evaluate it as an expression, with the engine's data in reach.
        return "Enter a value that doesn't begin with “=”. n8n would run it as an expression."
    return None
