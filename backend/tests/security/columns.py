"""Who asks: the columns of the authorization matrices.

A new role is one line in ``SEATS``. Every row of every ``operations.py`` answers it with the status that the row states
for everybody else, so only the rows in which it may do something are edited: write its column beside the status there.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from capecontrol.core.permissions import Role


@dataclass(frozen=True, slots=True)
class Seat:
    """Where somebody of a role sits: on the staff, in the wanted organization, or in another one."""

    role: Role
    is_foreign: bool = False
    is_onboarded: bool = True


#: Signed in and in order. All of them ask for a thing of the organization "own".
SEATS: Mapping[str, Seat] = {
    # Staff.
    "OPE": Seat(Role.OPERATOR),
    "AUD": Seat(Role.AUDITOR),
    "DEV": Seat(Role.DEVELOPER),
    # The own organization's people.
    "OWN": Seat(Role.OWNER),
    "ADM": Seat(Role.ADMINISTRATOR),
    "USE": Seat(Role.USER),
    # Another organization's, with the very same thing.
    "fOW": Seat(Role.OWNER, is_foreign=True),
    "fAD": Seat(Role.ADMINISTRATOR, is_foreign=True),
    "fUS": Seat(Role.USER, is_foreign=True),
    # An owner of the own organization before the onboarding is done.
    "new": Seat(Role.OWNER, is_onboarded=False),
}
FOREIGN = tuple(name for name, seat in SEATS.items() if seat.is_foreign)

#: Credentials that are missing or do not hold; where they break one, it is that of somebody who may.
CREDENTIALS: Mapping[str, str] = {
    "non": "no credential",
    "gar": "a token that is garbage",
    "exp": "an expired token",
    "rev": "a revoked session",
    "dis": "a disabled person",
    "sus": "a suspended organization's owner",
    "aud": "a token for another audience",
}

#: Requests that are refused to whoever may do it.
REQUESTS: Mapping[str, str] = {
    "csr": "without the CSRF pair",
    "unk": "with an id that never was",
    "ctl": "with a control character in the query",
}

COLUMNS = (*CREDENTIALS, *SEATS, *REQUESTS)

#: Machines, where something is asked for, about the organization "own".
KEYS: Mapping[str, str] = {
    "non": "no credential",
    "gar": "something that is no key",
    "exp": "an expired key",
    "rev": "a revoked key",
    "dis": "a key of a disabled app",
    "coo": "a person's cookies, and nothing else",
    "ses": "a person's access token: an operator's",
    "que": "a good key, in the address",
    "mis": "a key without the scope",
    "bou": "a key that is bound to another organization",
    "sus": "a key of a suspended organization",
    "own": 'a good key, bound to "own"',
}
