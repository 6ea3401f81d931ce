"""Names of organizations: what is none, and which two look alike. After Unicode's UTS 39, as far as letters go."""

import unicodedata

#: Alphabets with letters that look like those of another. Han, Kana and Hangul stand beside any of them in real names.
_LOOK_ALIKES = frozenset({"LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU", "DESERET"})
#: Seen as nothing, or as a space, though their category is that of a letter, a mark or a symbol.
_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
#: Letters of other alphabets, and rare ones of the Latin, that read as a letter of ASCII.
_AS_LATIN = str.maketrans(
    "АВЕКМНОРСТХУЅІЈԌԚԜҺӀ" "аеорсухѕіјԁԛԝһӏ" "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ" "οανικρυ" "ɑıɡɩ" "ՕՍԼօսհոց",
    "ABEKMHOPCTXYSIJGQWHI" "aeopcyxsijdqwhl" "ABEZHIKMNOPTYX" "oavikpu" "aigi" "OULouhng",
)  # fmt: skip


def plain_name(name: str) -> str:
    """Return a name in its one form: composed letters of ordinary width, single spaces.

    Raises:
        ValueError: it has characters that nobody sees, or a word of letters from several alphabets.
    """
    name = " ".join(unicodedata.normalize("NFKC", name).split())
    if any(
        character in _UNSEEN or unicodedata.category(character) == "Cf" or _selects(character) for character in name
    ):
        raise ValueError("a name can't contain invisible characters")
    if any(len(_alphabets(word)) > 1 for word in name.split()):
        raise ValueError("a word can't mix letters of different alphabets")
    return name


def look_of(name: str) -> str:
    """Return a name as it reads to whoever takes each letter for the Latin one that it looks like."""
    return name.translate(_AS_LATIN)


def _selects(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def _alphabets(word: str) -> set[str]:
    letters = (unicodedata.name(character, "") for character in word if character.isalpha())
    return {alphabet for letter in letters if (alphabet := letter.partition(" ")[0]) in _LOOK_ALIKES}
