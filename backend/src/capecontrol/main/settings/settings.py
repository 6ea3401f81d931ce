"""The settings of a process: the fields, and the word that they are safe."""

from typing import Self

from pydantic import model_validator

from capecontrol.main.settings.fields import SettingFields
from capecontrol.main.settings.refusals import refusals


class Settings(SettingFields):
    """All settings of an installation, none of them unsafe for it."""

    @model_validator(mode="after")
    def _refuse_what_is_unsafe(self) -> Self:
        complaints = refusals(self)
        if complaints:
            raise ValueError("not safe for production: " + "; ".join(complaints))
        return self
