"""Whether a list costs the same in a large platform: `make bench-lists`. See the README beside this file."""

from __future__ import annotations

import argparse
import re
import statistics
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from bench.load.checkout import HERE, Checkout
from bench.load.large import Installation, default_home, opened
from bench.load.processes import processes
from bench.load.servers import Product
from bench.load.visitor import Visitor
from capecontrol.local.postgres_logins import APP_DATABASE

SMALL, LARGE = "100", "10000"
#: What a list may cost at 10,000 organizations, times what it costs at 100.
RATIO_MAX = 1.5
#: Below this a difference is the machine's, or that of a count that reaches its bound.
NOISE_MS = 1.0
#: The first executions of a prepared statement are planned each time; what follows is the everyday cost.
WARM_UP = 8
ASKED = 15
LOG_ALL = "alter system set log_min_duration_statement = 0; select pg_reload_conf();"
LOG_NONE = "alter system reset log_min_duration_statement; select pg_reload_conf();"
# An organization's owner and the middle one of its projects that has been paid and automated, with what belongs to it.
IDS = """
select o.id, u.id, w.project_id, p.id, w.id, (select code from projects where id = w.project_id)
from organizations o
join users u on u.org_id = o.id and u.role = 'OWNER'
join workflow_instances w on w.org_id = o.id and w.status = 'ACTIVE'
join proposals p on p.org_id = o.id and p.project_id = w.project_id and p.status = 'APPROVED'
where o.domain = :'domain' order by w.created_at offset 5 limit 1;
"""
LINE = re.compile(r"duration: ([\d.]+) ms  (?:parse|bind|execute|statement)[^:]*:\s*(\S.*)")

#: Paths with the names of ids in capitals.
LISTS = (
    "/api/projects",
    "/api/projects?page=5",
    "/api/projects?status=IN_PROGRESS",
    "/api/projects?status=DRAFT",
    "/api/projects?from=2026-11-01T00:00:00Z",
    "/api/projects/PROJECT/activity",
    "/api/proposals",
    "/api/proposals?status=SENT",
    "/api/proposals?status=CHANGES_REQUESTED",
    "/api/proposals?status=EXPIRED",
    "/api/proposals?project_id=PROJECT",
    "/api/proposals/PROPOSAL/versions",
    "/api/billing/invoices",
    "/api/billing/invoices?status=PAID",
    "/api/billing/invoices?status=VOID",
    "/api/billing/invoices?project_id=PROJECT",
    "/api/billing/payments",
    "/api/workflows",
    "/api/workflows?status=FAILED",
    "/api/workflows?project_id=PROJECT",
    "/api/workflows/WORKFLOW/executions",
    "/api/workflows/WORKFLOW/executions?status=ERROR",
    "/api/dashboard",
    "/api/projects?sort=title",
    "/api/projects?sort=-code",
    "/api/projects?sort=updated_at",
    "/api/proposals?sort=title",
    "/api/proposals?sort=-total",
    "/api/proposals?sort=valid_until",
    "/api/billing/invoices?sort=-number",
    "/api/billing/invoices?sort=-total",
    "/api/billing/payments?sort=-amount",
    "/api/workflows?sort=name",
)
FOR_STAFF = (
    "/api/orgs",
    "/api/projects?org_id=ORGANIZATION",
    "/api/proposals?org_id=ORGANIZATION",
    "/api/workflows?org_id=ORGANIZATION",
    "/api/workflows/templates",
    "/api/workflows/environments",
    "/api/audit",
    "/api/audit?org_id=ORGANIZATION",
    "/api/audit?action=session.",
    "/api/audit?action=nothing.at_all",
    "/api/audit?outcome=DENIED",
    "/api/audit?resource_type=project&resource_id=PROJECT",
    "/api/audit?actor=OWNER",
)
#: A code that one project has, words that a sixth of them and a fifth have, one that all have, and two at once.
WORDS = ("CODE", "harbour", "onboarding", "for", "onboard harb", "for table")
SEARCHED = ("/api/projects?q=", "/api/proposals?q=", "/api/billing/invoices?q=", "/api/search?q=")
SEARCHES = tuple(f"{path}{words}" for path in SEARCHED for words in WORDS)
#: What a search may take from the request to the answer, as 95 of 100 do.
SEARCH_MAX_MS = 100.0
#: The staff's dashboard is no list: its figures are sums over everything underway. It has a bound of its own.
SUMS = "/api/dashboard"
SUMS_MAX_MS = 25.0


@dataclass
class Cost:
    """Milliseconds that PostgreSQL spent on one request: the lower quartile of several, and the longest statement."""

    milliseconds: float = float("nan")
    longest: float = 0.0
    words: str = ""
    #: From the request to the answer, as all but one of twenty took.
    answered: float = float("nan")


Costs = dict[tuple[str, str], Cost]


@dataclass
class Reader:
    """Somebody who asks for lists, and the ids that their addresses name."""

    name: str
    headers: dict[str, str]
    ids: Mapping[str, str]
    paths: tuple[str, ...] = field(default=LISTS + SEARCHES)


def readers(installation: Installation, address: str) -> list[Reader]:
    """Sign in an owner of an organization of the reference size, an operator, and the giant's owner if there is one."""
    is_large = installation.shape["organizations"] >= int(LARGE)
    found = [_client("client", "7", installation, address), _staff(installation, address)]
    return [*found, _client("giant's client", "1", installation, address)] if is_large else found


def _client(name: str, number: str, installation: Installation, address: str) -> Reader:
    visitor = Visitor(address)
    visitor.sign_in(f"user-{number}-1@load.test")
    return Reader(name, visitor.headers, _ids(installation, number))


def _staff(installation: Installation, address: str) -> Reader:
    visitor = Visitor(address)
    visitor.sign_in("staff-1@load.test")
    return Reader("staff", visitor.headers, _ids(installation, "7"), LISTS + FOR_STAFF + SEARCHES)


def _ids(installation: Installation, number: str) -> dict[str, str]:
    told = installation.postgres.run_sql(IDS, database=APP_DATABASE, domain=f"load-{number}")
    names = ("ORGANIZATION", "OWNER", "PROJECT", "PROPOSAL", "WORKFLOW", "CODE")
    return dict(zip(names, told.split("|"), strict=True))


def measure(installation: Installation, checkout: Checkout) -> Costs:
    """Ask for every list as every reader and return what each cost the database."""
    costs: Costs = {}
    log = installation.home / "logs" / "postgres.log"
    with processes(installation.home / "logs") as started:
        host, port = Product(checkout, installation, started).serve("api", {"API_PROCESSES": "1"})
        address = f"http://{host}:{port}"
        everybody = readers(installation, address)
        installation.postgres.run_sql(LOG_ALL)
        try:
            with httpx.Client(base_url=address, timeout=60) as http:
                for reader in everybody:
                    for path in reader.paths:
                        costs[reader.name, path] = _cost(http, reader, path, log)
        finally:
            installation.postgres.run_sql(LOG_NONE)
    return costs


def _cost(http: httpx.Client, reader: Reader, path: str, log: Path) -> Cost:
    concrete = path
    for name, value in reader.ids.items():
        concrete = concrete.replace(name, value)
    sums, answered, longest = [], [], Cost()
    for number in range(WARM_UP + ASKED):
        offset = log.stat().st_size
        answer = http.get(concrete, headers=reader.headers).raise_for_status()
        if number < WARM_UP:
            continue
        with log.open("rb") as lines:
            lines.seek(offset)
            found = LINE.findall(lines.read().decode(errors="replace"))
        answered.append(answer.elapsed.total_seconds() * 1000)
        sums.append(sum(float(milliseconds) for milliseconds, _ in found))
        slowest, words = max((float(milliseconds), words) for milliseconds, words in found)
        if slowest > longest.longest:
            longest = Cost(longest=slowest, words=words)
    p95 = statistics.quantiles(answered, n=20)[-1]
    return Cost(statistics.quantiles(sums, n=4)[0], longest.longest, longest.words, p95)


def is_too_dear(key: tuple[str, str], small: Costs, large: Costs) -> bool:
    """Tell whether a list costs more than it may in the large installation."""
    reader, path = key
    if path in SEARCHES:
        return large[key].answered > SEARCH_MAX_MS
    if key not in small:
        return False
    if reader == "staff" and path == SUMS:
        return large[key].milliseconds > SUMS_MAX_MS
    cost, allowed = large[key].milliseconds, RATIO_MAX * small[key].milliseconds
    return cost > allowed and cost - small[key].milliseconds > NOISE_MS


def table(small: Costs, large: Costs) -> str:
    """Return the figures in Markdown; the giant's have nothing to be compared with."""
    lines = [
        f"| reader, list | {SMALL} organizations, ms | {LARGE}, ms | times | answer p95, ms | longest statement, ms |",
        "| --- | ---: | ---: | ---: | ---: | --- |",
    ]
    for key, cost in large.items():
        before = small.get(key)
        ratio = f"{cost.milliseconds / before.milliseconds:.2f}" if before else ""
        mark = " **too dear**" if is_too_dear(key, small, large) else ""
        earlier = f"{before.milliseconds:.2f}" if before else ""
        longest = f"{cost.longest:.1f} `{cost.words[:60]}`" if cost.longest > 2 else f"{cost.longest:.1f}"
        figures = f"{earlier} | {cost.milliseconds:.2f} | {ratio}{mark} | {cost.answered:.0f} | {longest}"
        lines.append(f"| {key[0]} {key[1]} | {figures} |")
    return "\n".join(lines)


def main() -> None:
    """Measure both installations and compare; exits 1 when a list is too dear."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=HERE, help="the checkout to measure (with its .venv)")
    parser.add_argument("--home", type=Path, default=default_home(), help="the folder of both installations")
    given = parser.parse_args()
    checkout, found = Checkout(given.root.resolve()), []
    for name in (SMALL, LARGE):
        if not (given.home / name / "seeded.json").exists():
            sys.exit(f'{given.home / name} is missing: `make seed-load BENCH="--organizations {name}"` makes it.')
        with opened(given.home / name, checkout) as installation:
            found.append(measure(installation, checkout))
    small, large = found
    print(f"commit {checkout.commit()}\n\n{table(small, large)}")
    dear = [key for key in large if is_too_dear(key, small, large)]
    print(f"\n{len(dear)} of {len(small)} lists cost more than {RATIO_MAX} times as much")
    sys.exit(1 if dear else 0)


if __name__ == "__main__":
    main()
