"""Time zones that clients send: a name of the IANA database that this server knows."""

from functools import cache
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field

from capecontrol.core.http.body import Line

#: Files of the database that name no place: each means another zone on another machine, and no browser knows them.
_NO_PLACE = frozenset({"Factory", "localtime", "posixrules"})


@cache
def _names() -> frozenset[str]:
    return frozenset(available_timezones() - _NO_PLACE)


def _known(name: str) -> str:
    if name not in _names():
        raise ValueError("choose a time zone such as Africa/Johannesburg or Europe/Amsterdam")
    return name


#: The name of a time zone.
TimezoneName = Annotated[Line, Field(max_length=60, examples=["Africa/Johannesburg"]), AfterValidator(_known)]
