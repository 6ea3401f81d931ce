"""Rates as a setting writes them: ``20:200`` is twenty a second, and two hundred at once."""

import re
from typing import Annotated

from pydantic import BeforeValidator
from pydantic_settings import NoDecode

from capecontrol.core.rate import Rate

_WRITTEN = re.compile(r"(?P<per_second>\d+(\.\d+)?):(?P<burst>\d+)", re.ASCII)


def _read(value: object) -> object:
    if not isinstance(value, str):
        return value
    found = _WRITTEN.fullmatch(value.strip())
    if found is None or float(found["per_second"]) <= 0 or int(found["burst"]) < 1:
        raise ValueError("must be requests per second, a colon, and how many at once, such as 20:200")
    return Rate(float(found["per_second"]), int(found["burst"]))


#: The type of a setting that is a rate.
RateSetting = Annotated[Rate, NoDecode, BeforeValidator(_read)]
