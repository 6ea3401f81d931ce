"""What the installation says to the person at the terminal."""


class MissingError(Exception):
    """Carries one sentence: what is missing, and the command that helps."""


def say(sentence: str) -> None:
    """Tell at once."""
    print(sentence, flush=True)
