"""The refusal of a process that lacks an outside service."""


class SettingsIncomplete(ValueError):
    """An outside service is not configured, and nothing stands in for it here."""
