"""Countries and territories, by their codes (ISO 3166-1 alpha-2)."""

from babel import Locale

#: Codes of CLDR that are no country: regions, unions, islands within one, and what is kept for private use.
_NO_COUNTRIES = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"})

COUNTRIES = frozenset(
    code
    for code in map(str, Locale("en").territories)
    if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES
)
