"""Texts in mails of the business that anybody may have typed: mail programs make no links of what they hold."""

import re

#: What mail programs take for an address: something with a scheme, with a dot before letters, or with an at sign.
_ADDRESS = re.compile(r"\S*(?:://|\.[^\W\d_]{2,}|@)\S*")
#: Nobody sees it, and an address ends there.
_ZERO_WIDTH_SPACE = "\u200b"


def unlinked(text: str) -> str:
    """Return a text that reads the same and has no address in it that a mail program would make a link of.

    Whoever reads it takes a link for the business's own, whose name the mail carries.
    """
    return _ADDRESS.sub(lambda found: re.sub(r"([.:@/])", rf"\1{_ZERO_WIDTH_SPACE}", found[0]), text)
