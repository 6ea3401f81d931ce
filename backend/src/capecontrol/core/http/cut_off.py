"""Answers that end before they are whole, by their reader's doing.

The connection is closed without a last chunk, so that nobody takes what came for the whole; and nobody is alarmed.
"""

#: The extension of ASGI by whose ``close`` a connection lets the application close it. Where there is none the
#: application fails, after which any server closes the connection, too, and writes a traceback.
CUT_OFF = "capecontrol.cut_off"


class AnswerCutOff(Exception):
    """An answer that has begun ends here."""

    def __init__(self, reason: str, status: int) -> None:
        """Take why, and the status that the answer would have if it had not begun."""
        super().__init__(reason)
        self.reason = reason
        self.status = status
