"""Counts: the ledger outside against what is inside (source: the Jepsen way of telling lost, phantom, doubled)."""

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from deals import PROPOSAL, RUN, SENT
from ledger import Account
from observer import Inside, Invoice
from prepare import OPERATOR
from sabotage import DOOMED
from sink import DECISION, INVOICE, OFFER, mail_of_decision, mail_of_invoice, mail_of_sending
from traffic import PROJECT, USER


@dataclass
class Verdict:
    """What went wrong, by kind: keys, so that one can look them up in the ledger and the logs."""

    faults: dict[str, list[str]]
    acknowledged: int
    indeterminate: int
    rolled_back: int
    mails: int
    raw_duplicates: int
    paid: int

    @property
    def is_clean(self) -> bool:
        """Tell whether nothing went wrong."""
        return not any(self.faults.values())


def judge(outside: Account, inside: Inside) -> Verdict:
    """Compare. The README beside this file says what each fault means."""
    undecided = set(outside.tried) - set(outside.acknowledged) - outside.refused
    sent = outside.mails
    return Verdict(
        faults={
            "lost": [key for key, told in _asked(outside) if told not in inside.rows.get(key, [])],
            "phantom": _phantoms(outside, inside),
            "doubled": _doubled(outside, inside),
            "undelivered": [key for key in _owed(inside) if key not in sent],
            "ghost": _ghosts(outside, inside),
            "audit": sorted(_unaudited(inside)),
            "charged twice": [name for name, charges in inside.charges.items() if len(charges) > 1],
            "unsettled": sorted(_unsettled(inside)),
            "sums": [invoice.number for invoice in inside.invoices if not _adds_up(invoice, inside)],
            "numbers": sorted(_misnumbered(inside.invoices)),
            "documents": sorted(_without_document(inside)),
            "untrue runs": sorted(_untrue_runs(inside)),
            "dead letters": inside.dead,
        },
        acknowledged=len(outside.acknowledged),
        indeterminate=len(undecided),
        rolled_back=len([key for key in outside.tried if key not in inside.rows]),
        mails=sum(len(ids) for ids in sent.values()),
        raw_duplicates=sum(len(ids) - len(set(ids)) for ids in sent.values()),
        paid=sum(len(charges) for charges in inside.charges.values()),
    )


def _asked(outside: Account) -> Iterator[tuple[str, str]]:
    """Return what was acknowledged during the run; what prepared it is not counted."""
    return ((key, told) for key, told in outside.acknowledged.items() if not key.startswith("prepare-"))


def _phantoms(outside: Account, inside: Inside) -> list[str]:
    keys = [*inside.rows, *(run.key for run in inside.engine_runs)]
    return [key for key in keys if key not in outside.tried or key in outside.refused]


def _doubled(outside: Account, inside: Inside) -> list[str]:
    at_engine = Counter(run.key for run in inside.engine_runs)
    return [
        *(key for key, ids in inside.rows.items() if len(ids) > 1),
        *(key for key, count in at_engine.items() if count > 1),
        *(key for key, ids in outside.mails.items() if len(set(ids)) > 1),
    ]


def _owed(inside: Inside) -> Iterator[str]:
    """Return the keys of the mails that must have arrived."""
    yield from inside.users
    for name, proposal in inside.proposals.items():
        if proposal.status == "SENT":
            yield mail_of_sending(name, proposal.owner)
        if proposal.status == "APPROVED":
            yield mail_of_decision(name, OPERATOR)
    for invoice in inside.invoices:
        yield mail_of_invoice(invoice.number)


def _withdrawn(inside: Inside) -> Iterator[str]:
    """Return the keys of the mails that may have arrived: offers that were approved before they went out."""
    for name, proposal in inside.proposals.items():
        if proposal.status == "APPROVED":
            yield mail_of_sending(name, proposal.owner)


def _ghosts(outside: Account, inside: Inside) -> list[str]:
    mailable, charged = {*_owed(inside), *_withdrawn(inside)}, set(inside.charges)
    mailed = [
        key for key in outside.mails if key.startswith((USER, DOOMED, OFFER, DECISION, INVOICE)) and key not in mailable
    ]
    unpaid = [invoice.number for invoice in inside.invoices if invoice.name not in charged]
    unknown = [run.key for run in inside.engine_runs if run.run_id not in inside.runs]
    return [*mailed, *unpaid, *unknown]


def _unaudited(inside: Inside) -> Iterator[str]:
    """Return what is there without exactly one event of the audit log, and what was audited and is not there."""
    projects = [ids for key, ids in inside.rows.items() if key.startswith((PROJECT, "deal-"))]
    acts = {
        "project.created": projects,
        "user.registered": list(inside.users.values()),
        "proposal.sent": [ids for key, ids in inside.rows.items() if key.startswith(SENT)],
        "proposal.approved": [ids for key, ids in inside.rows.items() if key.startswith("approved-")],
        "invoice.issued": [[invoice.id] for invoice in inside.invoices],
    }
    for act, ids in acts.items():
        there, audited = Counter(itertools.chain(*ids)), inside.audited[act]
        for difference in (there - audited, audited - there):
            yield from (f"{act} {one}" for one in difference)


def _unsettled(inside: Inside) -> Iterator[str]:
    """Return what was paid at the provider and is not with us: no settled invoice, or the project has not moved."""
    settled = {invoice.name for invoice in inside.invoices if invoice.is_settled}
    for name in inside.charges:
        proposal = inside.proposals.get(name)
        if name not in settled or proposal is None or proposal.project_status != "IN_PROGRESS":
            yield name


def _adds_up(invoice: Invoice, inside: Inside) -> bool:
    charged = sum(charge.amount for charge in inside.charges.get(invoice.name, [])[:1])
    return invoice.total == invoice.proposal_total == invoice.paid == charged


def _misnumbered(invoices: list[Invoice]) -> Iterator[str]:
    """Return the numbers that leave a gap before them or are there twice, year by year."""
    for _, of_year in itertools.groupby(
        sorted(invoices, key=lambda one: (one.year, one.sequence)), lambda one: one.year
    ):
        before = 0
        for invoice in of_year:
            if invoice.sequence != before + 1:
                yield invoice.number
            before = invoice.sequence


def _without_document(inside: Inside) -> Iterator[str]:
    for name, proposal in inside.proposals.items():
        if proposal.is_sent and (proposal.pdf_key is None or proposal.pdf_key not in inside.documents):
            yield f"{PROPOSAL}{name}"
    for invoice in inside.invoices:
        if invoice.pdf_key is None or inside.documents.get(invoice.pdf_key) != invoice.pdf_sha256:
            yield invoice.number


def _untrue_runs(inside: Inside) -> Iterator[str]:
    """Return the runs of which our log says something else than the engine's."""
    at_engine = {run.run_id: run.status for run in inside.engine_runs if run.key.startswith(RUN)}
    for run_id, status in inside.runs.items():
        if status == "RUNNING" or (status == "SUCCESS") != (at_engine.get(run_id) == "success"):
            yield f"{run_id} {status}, at the engine {at_engine.get(run_id)}"
