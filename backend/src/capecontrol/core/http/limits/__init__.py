"""Rate limits: how many requests of whom pass, counted by all processes together."""

from capecontrol.core.http.limits.general import OF_CALLERS, STRANGERS
from capecontrol.core.http.limits.limit import Limit, LimitNameTaken, check_names
from capecontrol.core.http.limits.limiter import RateLimiter
from capecontrol.core.http.limits.standing import Standing, most_constrained
from capecontrol.core.http.limits.subject import BY_CALLER, Subject

__all__ = [
    "BY_CALLER",
    "OF_CALLERS",
    "STRANGERS",
    "Limit",
    "LimitNameTaken",
    "RateLimiter",
    "Standing",
    "Subject",
    "check_names",
    "most_constrained",
]
