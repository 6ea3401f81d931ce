"""The secrets of an installation: none that is weak, and none that is used twice."""

import re
from collections import defaultdict
from urllib.parse import parse_qs, unquote, urlsplit

from pydantic import SecretStr

from capecontrol.main.settings.fields import SettingFields
from capecontrol.main.settings.strength import strength_bits

#: The least length of SECRET_KEY, and what a key must be worth: far below what random ones are.
_KEY_LENGTH = 32
_KEY_BITS = 40.0
#: Judged in another way than by how hard they are to guess: longer, by the form that their issuer gives them, or not at
#: all, since they are for a local run. By every other secret others prove to us who they are, or we to others.
_JUDGED_OTHERWISE = frozenset({"secret_key", "encryption_keys", "stripe_secret_key", "n8n_local_api_key"})
#: What no key has, and every sentence that tells how to make one.
_OF_SENTENCES = re.compile(r"[\s`]")
#: What is left of a password that is but a word that everybody tries.
_PASSWORD_BITS = 8.0
_LOGINS = ["DATABASE_URL", "MIGRATIONS_DATABASE_URL"]


def secret_refusals(settings: SettingFields) -> list[str]:
    """Return what is wrong with the secrets, without telling any of them."""
    complaints = []
    key = settings.secret_key.get_secret_value()
    if len(key) < _KEY_LENGTH or not _is_random(key):
        complaints.append(f"SECRET_KEY must be at least {_KEY_LENGTH} random characters (`openssl rand -base64 48`)")
    if not all(_is_random(key.get_secret_value()) for key in settings.encryption_keys):
        complaints.append("ENCRYPTION_KEYS must be random (`openssl rand -base64 32 | tr '+/' '-_'`)")
    complaints += [
        f"{name.upper()} must be harder to guess"
        for name in type(settings).model_fields
        if name not in _JUDGED_OTHERWISE and not all(_is_random(token) for token in _tokens(settings, name))
    ]
    complaints += [
        f"{name.upper()} must not contain a common password"
        for name in type(settings).model_fields
        if any(strength_bits(password) < _PASSWORD_BITS for password in _passwords(settings, name))
    ]
    return complaints + _repeated(settings)


def _is_random(secret: str) -> bool:
    return strength_bits(secret) >= _KEY_BITS and _OF_SENTENCES.search(secret.strip()) is None


def _repeated(settings: SettingFields) -> list[str]:
    places: defaultdict[str, list[str]] = defaultdict(list)
    for name in type(settings).model_fields:
        for value in _values(settings, name):
            places[value].append(name.upper())
    return [
        f"{' and '.join(dict.fromkeys(names))} must not hold the same secret twice"
        for names in places.values()
        if len(names) > 1 and not (names == _LOGINS and _is_single_login(settings))
    ]


def _is_single_login(settings: SettingFields) -> bool:
    """Tell whether one login owns the schema and runs, so that its password stands in both addresses."""
    owner = settings.migrations_database_url
    return owner is not None and _login(owner) == _login(settings.database_url)


def _login(address: SecretStr) -> str | None:
    return urlsplit(address.get_secret_value()).username


def _values(settings: SettingFields, name: str) -> list[str]:
    """Return the secrets of a field: of an address its password."""
    return [*_passwords(settings, name), *_tokens(settings, name)]


def _tokens(settings: SettingFields, name: str) -> list[str]:
    return [] if name.endswith("_url") else _texts(settings, name)


def _passwords(settings: SettingFields, name: str) -> list[str]:
    if not name.endswith("_url"):
        return []
    addresses = [urlsplit(text) for text in _texts(settings, name)]
    # A client of Redis takes the password from the query, too.
    asked = [password for address in addresses for password in parse_qs(address.query).get("password", ())]
    return [*(unquote(address.password) for address in addresses if address.password), *asked]


def _texts(settings: SettingFields, name: str) -> list[str]:
    given: object = getattr(settings, name)
    several = given if isinstance(given, list) else [given]
    return [one.get_secret_value() for one in several if isinstance(one, SecretStr)]
