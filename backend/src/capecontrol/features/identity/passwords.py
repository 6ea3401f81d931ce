"""Which passwords are taken."""

from capecontrol.core.problems import FieldError, Invalid

LENGTH_MIN, LENGTH_MAX = 8, 128
#: From this length on a passphrase needs no mixture.
PASSPHRASE_LENGTH = 16
#: What everybody tries first, in its letters' core ("Password1!" is "password" here).
_COMMON = frozenset(
    {
        "password", "passwort", "qwerty", "qwertyuiop", "welcome", "letmein", "admin", "administrator", "iloveyou",
        "monkey", "dragon", "sunshine", "princess", "football", "baseball", "abc", "abcdef", "changeme", "secret",
        "login", "master", "hello", "superman", "trustno", "starwars", "whatever", "capecontrol",
    }
)  # fmt: skip


def check_password(password: str, email: str) -> None:
    """Raise Invalid if the password is too weak: with pointer ``/password`` and what to do."""
    complaint = _complaint(password, email)
    if complaint:
        raise Invalid(errors=[FieldError("/password", complaint)])


def _complaint(password: str, email: str) -> str | None:
    if len(password) < LENGTH_MIN:
        return f"Use at least {LENGTH_MIN} characters."
    if len(password) > LENGTH_MAX:
        return f"Use at most {LENGTH_MAX} characters."
    name = email.partition("@")[0].lower()
    if len(name) >= 4 and name in password.lower():
        return "Don't use your e-mail address in your password."
    if "".join(filter(str.isalpha, password.lower())) in _COMMON:
        return "This password is too easy to guess. Choose a less common one."
    if len(password) >= PASSPHRASE_LENGTH:
        return None if len(set(password)) >= 6 else "Use a wider variety of characters."
    classes = (str.islower, str.isupper, str.isdigit, lambda character: not character.isalnum())
    if sum(any(kind(character) for character in password) for kind in classes) < 3:
        return (
            "Use at least three of these: lowercase letters, uppercase letters, numbers, symbols. "
            f"Or use at least {PASSPHRASE_LENGTH} characters."
        )
    return None
