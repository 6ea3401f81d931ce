"""Settings: read once from the environment, checked before anything starts, handed on in groups."""

from capecontrol.main.settings.environment import Environment
from capecontrol.main.settings.refused import SettingsIncomplete, SettingsRefused
from capecontrol.main.settings.settings import Settings

__all__ = ["Environment", "Settings", "SettingsIncomplete", "SettingsRefused"]
