"""The refusal of a process that is not configured as it must be."""

from collections.abc import Sequence


class SettingsRefused(ValueError):
    """Carries one sentence for each setting that is missing or must not be as it is."""

    def __init__(self, complaints: Sequence[str]) -> None:
        """Take the sentences, each beginning with the name of its setting and without a full stop."""
        super().__init__("\n".join(f"{complaint}." for complaint in complaints))
        self.complaints = tuple(complaints)


class SettingsIncomplete(SettingsRefused):
    """An outside service is not configured, and nothing stands in for it here."""

    def __init__(self, complaint: str) -> None:
        """Take the sentence."""
        super().__init__([complaint])
