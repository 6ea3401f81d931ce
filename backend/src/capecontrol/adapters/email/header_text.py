"""Texts in the headers of a mail: what a person typed is shown as it was typed, and is never read as a header's syntax.

The newer half of Python's email library decodes encoded words (RFC 2047) in whatever is put into a header, and some of
its releases then write the line breaks that were hidden in one: ``=?utf-8?q?A=0d=0aBcc:=20b@example.com?=`` started a
header. The older half, which these functions use, takes a value as it is.
"""

import re
from email.header import Header, decode_header, make_header

#: Begins an encoded word wherever a mail program looks for one; some look also inside of quotes and of longer words.
_ENCODED_WORD = "=?"
#: Lines of a header are no longer (RFC 5322, 2.1.1), nor is a line with an encoded word (RFC 2047, 2).
_LINE_MAX = 76
_PRINTABLE = re.compile(r"[!-~]+(?: [!-~]+)*")
#: Needs no escape inside of quotes.
_QUOTABLE = re.compile(r"[ !#-\[\]-~]+")
_PLAIN_FILENAME = re.compile(r"[A-Za-z0-9._() -]+")
_ZERO_WIDTH_SPACE = "\u200b"


def header_text(text: str, header: str) -> str:
    """Return a text as the value of a header, folded: as it is where nobody could take it for anything else."""
    is_plain = _PRINTABLE.fullmatch(text) and _ENCODED_WORD not in text
    if not text or (is_plain and len(header) + len(": ") + len(text) <= _LINE_MAX):
        return text
    return _encoded(text, header)


def header_address(name: str, address: str, header: str) -> str:
    """Return a name and an address as the value of a header."""
    if not name:
        return address
    is_plain = _PRINTABLE.fullmatch(name) and _QUOTABLE.fullmatch(name) and _ENCODED_WORD not in name
    if is_plain and len(header) + len(': "" <>') + len(name) + len(address) <= _LINE_MAX:
        return f'"{name}" <{address}>'
    return f"{_encoded(name, header)}\r\n <{address}>"


def header_filename(name: str) -> str | tuple[str, str, str]:
    """Return the name of a file as a parameter of a header: any but a plain one in the form of RFC 2231."""
    return name if _PLAIN_FILENAME.fullmatch(name) else ("utf-8", "", name)


def read_header_text(value: str) -> str:
    """Return the text that the value of a header stands for.

    Raises:
        HeaderParseError: an encoded word in it is broken.
        LookupError: its character set is unknown.
    """
    return str(make_header(decode_header(value)))


def without_encoded_words(text: str) -> str:
    """Return a text that reads the same and in which nobody finds an encoded word; for whom others write headers."""
    return text.replace(_ENCODED_WORD, f"={_ZERO_WIDTH_SPACE}?")


def _encoded(text: str, header: str) -> str:
    return Header(text, "utf-8", maxlinelen=_LINE_MAX, header_name=header).encode(linesep="\r\n")
