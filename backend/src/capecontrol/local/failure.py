"""What the local run says when it cannot go on."""


class LocalFailure(Exception):
    """Carries one clear sentence for the person at the terminal, with the command that helps."""
