"""Reads settings from the environment, and says in sentences all that is wrong with them."""

import secrets
from collections.abc import Mapping
from typing import Any, TypeVar

from cryptography.fernet import Fernet
from pydantic import ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings

from capecontrol.main.settings.refused import SettingsRefused

Kind = TypeVar("Kind", bound=BaseSettings)


def load(kind: type[Kind], **given: object) -> Kind:
    """Return the settings of the environment; what is given wins.

    Raises:
        SettingsRefused: with every complaint, not only the first one.
    """
    try:
        return kind.model_validate(given)
    except ValidationError as error:
        errors = error.errors()
    complaints = [sentence for one in errors for sentence in _sentences(one)]
    faulty = {str(one["loc"][0]) for one in errors if one["loc"]}
    if faulty:
        # What the rest lacks is told as well: a second try with something harmless where there was a fault.
        complaints += [complaint for complaint in _of_the_rest(kind, given, faulty) if not _names(complaint, faulty)]
    raise SettingsRefused(list(dict.fromkeys(complaints)))


def _of_the_rest(kind: type[BaseSettings], given: Mapping[str, object], faulty: set[str]) -> list[str]:
    try:
        kind.model_validate({**given, **_harmless(kind, faulty)})
    except ValidationError as error:
        return [sentence for one in error.errors() for sentence in _sentences(one)]
    return []


def _harmless(kind: type[BaseSettings], names: set[str]) -> dict[str, Any]:
    required = {
        "secret_key": secrets.token_urlsafe(48),
        "encryption_keys": Fernet.generate_key().decode(),
        "database_url": "postgresql:///capecontrol?host=/run/postgresql",
        "redis_url": "unix:///run/valkey.sock",
    }
    return {
        name: required[name] if name in required else kind.model_fields[name].get_default(call_default_factory=True)
        for name in names
    }


def _sentences(error: ErrorDetails) -> tuple[str, ...]:
    cause = error.get("ctx", {}).get("error")
    if isinstance(cause, SettingsRefused):
        return cause.complaints
    name = str(error["loc"][0]).upper() if error["loc"] else "The settings"
    if isinstance(cause, ValueError):
        return (str(cause) if str(cause).startswith(name) else f"{name} {cause}",)
    if error["type"] == "missing":
        return (f"{name} must be given",)
    return (f"{name}: {error['msg'][:1].lower()}{error['msg'][1:]}",)


def _names(complaint: str, names: set[str]) -> bool:
    return any(name.upper() in complaint.split() for name in names)
