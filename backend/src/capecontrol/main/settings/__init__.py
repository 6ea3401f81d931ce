"""Settings: read once from the environment, checked before anything starts, handed on in groups."""

from capecontrol.main.settings.environment import Environment
from capecontrol.main.settings.incomplete import SettingsIncomplete
from capecontrol.main.settings.settings import Settings

__all__ = ["Environment", "Settings", "SettingsIncomplete"]
