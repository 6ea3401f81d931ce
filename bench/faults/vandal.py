"""Spoils what a control has left behind, once for each verdict, so that each is seen red by a deed of its own.

What the sabotage does while the platform runs (`sabotage.py`) is the other half: server errors, mail that is lost,
refused or doubled.
"""

import json
import sqlite3
import uuid
from contextlib import closing

from capecontrol.local.postgres_logins import APP_DATABASE
from observer import Inside, Invoice
from sabotage import REFUSED, TWICE, UNMAILED
from traffic import PROJECT
from world import World

#: Triggers and foreign keys are not asked: a vandal would not ask them either.
_UNASKED = "set session_replication_role = replica;\n"
_RENAME = "update projects set title = :'new' where title = :'old';"
_FORGET = "delete from audit_events where action = 'project.created' and resource_id = :'id';"
_VOID = "update invoices set status = 'VOID' where id = :'id';"
_CHANGE_SUM = "update invoices set total = total + 1, subtotal = subtotal + 1 where id = :'id';"
_SKIP = "update invoices set sequence = sequence + 100000 where id = :'id';"
_DELETE = "delete from invoices where id = :'id';"
_DENY = "update executions set status = 'ERROR' where id = :'id';"
_UNHEARD = """
update outbox set done_at = null, dead_at = null, available_at = 'infinity'
where id = (select id from outbox where topic <> 'schedule.slot_due.v1' limit 1);
"""


class Vandal:
    """Does the deeds. Each returns nothing and notes which verdict must name which key."""

    def __init__(self, world: World, inside: Inside) -> None:
        """Take what is there, untouched."""
        self._world = world
        self._projects = [key for key in inside.rows if key.startswith(PROJECT)]
        self._invoices = [invoice for invoice in inside.invoices if invoice.is_settled]
        self._runs = [run_id for run_id, status in inside.runs.items() if status == "SUCCESS"]
        self._inside = inside
        #: By verdict, a part of the key that it must name.
        self.expected: dict[str, str] = {}

    def spoil(self) -> None:
        """Do every deed; the last leaves a message that will never be heard."""
        self._rename_project()
        self._forget_audit()
        self._charge_twice()
        self._void()
        self._change_sum()
        self._skip_numbers()
        self._lose_document()
        self._deny_run()
        self._mail_nobody()
        self.expected["dead letters"] = REFUSED
        self.expected["undelivered"] = UNMAILED

    def leave_unheard(self) -> None:
        """Leave a message on its way for ever."""
        self._sql(_UNHEARD)

    def _rename_project(self) -> None:
        lost, doubled = self._projects.pop(), self._projects.pop()
        self._sql(_RENAME, old=lost, new=doubled)
        self.expected |= {"lost": lost, "doubled": doubled}
        spoiled, phantom = self._projects.pop(), f"{PROJECT}{uuid.uuid4().hex}"
        self._sql(_RENAME, old=spoiled, new=phantom)
        self.expected["phantom"] = phantom

    def _forget_audit(self) -> None:
        project_id = self._inside.rows[self._projects.pop()][0]
        self._sql(_FORGET, id=project_id)
        self.expected["audit"] = project_id

    def _charge_twice(self) -> None:
        """Another page of the same intent, paid, in the provider's memory."""
        invoice = self._invoices.pop()
        with closing(sqlite3.connect(self._world.outside / "stripe" / "stripe.sqlite3", timeout=10)) as stripe, stripe:
            rows = stripe.execute("select body from objects where kind = 'CheckoutSession'").fetchall()
            sessions = [json.loads(body) for (body,) in rows]
            intent_id = self._inside.charges[invoice.name][0].intent_id
            session = next(one for one in sessions if one["metadata"].get("payment_intent_id") == intent_id)
            session["id"] = f"cs_test_{uuid.uuid4().hex}"
            stripe.execute(
                "insert into objects (id, kind, created, body) values (?, 'CheckoutSession', ?, ?)",
                (session["id"], session["created"], json.dumps(session)),
            )
        self.expected["charged twice"] = invoice.name

    def _void(self) -> None:
        invoice = self._spoil_invoice(_VOID)
        self.expected["unsettled"] = invoice.name

    def _change_sum(self) -> None:
        self.expected["sums"] = self._spoil_invoice(_CHANGE_SUM).number

    def _skip_numbers(self) -> None:
        self.expected["numbers"] = self._spoil_invoice(_SKIP).number

    def _lose_document(self) -> None:
        invoice = self._invoices.pop()
        (self._world.objects / str(invoice.pdf_key)).unlink()
        self.expected["documents"] = invoice.number

    def _deny_run(self) -> None:
        run_id = self._runs.pop()
        self._sql(_DENY, id=run_id)
        self.expected["untrue runs"] = run_id

    def _mail_nobody(self) -> None:
        """Forget an invoice whose mail has arrived."""
        self.expected["ghost"] = self._spoil_invoice(_DELETE).number

    def _spoil_invoice(self, statement: str) -> Invoice:
        invoice = self._invoices.pop()
        self._sql(statement, id=invoice.id)
        return invoice

    def _sql(self, statement: str, **values: str) -> None:
        self._world.postgres.run_sql(_UNASKED + statement, database=APP_DATABASE, **values)


def is_seen(faults: dict[str, list[str]], expected: dict[str, str]) -> list[str]:
    """Return the verdicts that did not name what was spoiled for them."""
    blind = [kind for kind, key in expected.items() if not any(key in found for found in faults[kind])]
    blind += [f"{kind} (nobody spoiled it)" for kind in faults if kind not in expected]
    if not any(key.startswith(TWICE) for key in faults["doubled"]):
        blind.append("doubled (mails)")
    return blind
