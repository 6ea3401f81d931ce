"""What search asks of several features at once."""

from capecontrol.core.ids import id_in
from capecontrol.core.permissions import Realm
from capecontrol.core.record_search import FoundRecord, best_first
from capecontrol.core.scoped_read import ScopedUnion
from capecontrol.core.work import UnitOfWork
from capecontrol.features.billing.interface import INVOICE_SEARCH
from capecontrol.features.projects.interface import PROJECT_SEARCH
from capecontrol.features.proposals.interface import PROPOSAL_SEARCH, SHOWN_PROPOSAL_SEARCH

#: What is looked for, by who looks.
STAFFS = (PROJECT_SEARCH, PROPOSAL_SEARCH, INVOICE_SEARCH)
CLIENTS = (PROJECT_SEARCH, SHOWN_PROPOSAL_SEARCH, INVOICE_SEARCH)
_FOR_STAFF = ScopedUnion(*(part for kind in STAFFS for part in kind.parts), row=FoundRecord)
_FOR_CLIENTS = ScopedUnion(*(part for kind in CLIENTS for part in kind.parts), row=FoundRecord)


async def records_found(work: UnitOfWork, q: str, limit: int) -> list[FoundRecord]:
    """Return the records that words or an id find and the actor may see, the best first, so many of each kind."""
    statement, kinds = (_FOR_STAFF, STAFFS) if work.actor.realm is Realm.ADMIN else (_FOR_CLIENTS, CLIENTS)
    may_see = {kind.switch: work.actor.can(kind.permission) for kind in kinds}
    return list(best_first(await statement.all(work, q=q, identifier=id_in(q), **may_see), limit))
