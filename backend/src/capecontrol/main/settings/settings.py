"""The settings of a process: the fields, and the word that they are safe."""

from capecontrol.main.settings.fields import SettingFields
from capecontrol.main.settings.refusals import refusals


class Settings(SettingFields):
    """All settings of an installation, none of them unsafe for it."""

    def refusals(self) -> list[str]:
        """Return why an installation must not start; empty when it may."""
        return refusals(self)
