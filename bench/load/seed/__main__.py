"""Makes a large installation: `make seed-load`. See the README above."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from bench.load.checkout import HERE, Checkout
from bench.load.large import Installation, default_home, opened, remove
from bench.load.visitor import PASSWORD
from capecontrol.local.postgres_logins import APP_DATABASE

#: Whose password hash everybody has.
STAFF = "operator@load.test"
#: How many projects an organization of the reference size has, in small installations and in large ones.
REFERENCE_SIZE = 200
REFERENCES = 50
LARGE = 10_000
#: From how many organizations on an installation has a giant and small ones; below, all have the reference size.
UNEVEN_FROM = 1000
COUNT = """
select to_char(count(*), '999,999,999') || ' organizations' from organizations
union all select to_char(count(*), '999,999,999') || ' people' from users
union all select to_char(count(*), '999,999,999') || ' projects' from projects
union all select to_char(count(*), '999,999,999') || ' proposals' from proposals
union all select to_char(count(*), '999,999,999') || ' invoices' from invoices
union all select to_char(count(*), '999,999,999') || ' workflows' from workflow_instances
union all select to_char(count(*), '999,999,999') || ' runs' from executions
union all select to_char(count(*), '999,999,999') || ' entries of the activity' from activity_entries
union all select to_char(count(*), '999,999,999') || ' audit events' from audit_events
union all select to_char(count(*), '999,999,999') || ' delivered messages' from outbox
union all select '  ' || pg_size_pretty(pg_database_size(current_database())) || ' on disk';
"""


def fill(installation: Installation, organizations: int) -> None:
    """Draw and insert everything."""
    is_even = organizations < UNEVEN_FROM
    projects = organizations * (REFERENCE_SIZE if is_even else 20)
    numbers = {
        "organizations": organizations,
        "projects": projects,
        "references": organizations if is_even else REFERENCES,
        "reference_size": REFERENCE_SIZE,
        "audits": 5 * projects,
        "messages": 10 * organizations,
    }
    variables = {name: str(number) for name, number in numbers.items()} | {"even": str(is_even), "staff": STAFF}
    for file in sorted(Path(__file__).parent.glob("*.sql")):
        began = time.monotonic()
        installation.postgres.run_sql(f"begin;\n{file.read_text()}\ncommit;\n", database=APP_DATABASE, **variables)
        print(f"  {file.name:20} {time.monotonic() - began:6.1f} s", flush=True)
    began = time.monotonic()
    installation.postgres.run_sql("vacuum analyze; checkpoint;", database=APP_DATABASE)
    print(f"  {'vacuum, analyze':20} {time.monotonic() - began:6.1f} s", flush=True)
    installation.note_seeded(**numbers)


def main() -> None:
    """Read the arguments, seed, print what there is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--organizations", type=int, default=LARGE, help="below 1,000: all of the same size")
    parser.add_argument("--root", type=Path, default=HERE, help="the checkout whose schema it gets (with its .venv)")
    parser.add_argument("--home", type=Path, help="the installation's folder (default: below BENCH_HOME or .bench)")
    given = parser.parse_args()
    home = given.home or default_home() / str(given.organizations)
    checkout = Checkout(given.root.resolve())
    began = time.monotonic()
    remove(home)
    # Forgetful while it is filled; the benches start it durable.
    with opened(home, checkout, durable=False) as installation:
        checkout.perform("staff", "add", STAFF, environment={**installation.settings, "STAFF_PASSWORD": PASSWORD})
        fill(installation, given.organizations)
        print(installation.postgres.run_sql(COUNT, database=APP_DATABASE))
        print(f"made in {time.monotonic() - began:.0f} s, in {home}")


if __name__ == "__main__":
    main()
