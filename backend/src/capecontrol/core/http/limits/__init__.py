"""Rate limits: how many requests of whom pass, counted by all processes together."""

from capecontrol.core.http.limits.limit import Limit, LimitNameTaken, Rate, check_names
from capecontrol.core.http.limits.limiter import RateLimiter
from capecontrol.core.http.limits.recipient import RECIPIENT_MAX, Recipient
from capecontrol.core.http.limits.standing import Standing, most_constrained
from capecontrol.core.http.limits.subject import BY_CALLER, Subject

__all__ = [
    "BY_CALLER",
    "RECIPIENT_MAX",
    "Limit",
    "LimitNameTaken",
    "Rate",
    "RateLimiter",
    "Recipient",
    "Standing",
    "Subject",
    "check_names",
    "most_constrained",
]
