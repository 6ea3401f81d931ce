"""The limits of every route, beside its own. An installation may give each another rate, by its name."""

from collections.abc import Mapping

from capecontrol.core.http.limits.limit import Limit
from capecontrol.core.http.limits.subject import Subject

#: Requests of nobody known: a whole office may share an address, and a webhook's sender comes in bursts.
STRANGERS = Limit("strangers", per_second=100, burst=1000, by=Subject.ADDRESS)
#: A page asks about ten things when it opens.
PEOPLE = Limit("people", per_second=20, burst=200, by=Subject.ACTOR)
KEYS = Limit("keys", per_second=100, burst=1000, by=Subject.KEY)
ORGANIZATIONS = Limit("organizations", per_second=200, burst=2000, by=Subject.ORGANIZATION)

#: What a caller is counted by, whatever they ask for.
OF_CALLERS: Mapping[Subject, Limit] = {
    Subject.ACTOR: PEOPLE,
    Subject.KEY: KEYS,
    Subject.ORGANIZATION: ORGANIZATIONS,
}
