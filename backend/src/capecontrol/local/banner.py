"""What the local run prints once everything is ready."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from capecontrol.local.home import reset_command

DEMO_SIGN_IN = "Demo-pass-2026!"
DEMO_ACCOUNTS = (
    ("operator@demo.test", "staff: operator"),
    ("auditor@demo.test", "staff: auditor"),
    ("developer@demo.test", "staff: developer"),
    ("owner@demo.test", "Demo Ltd: owner"),
    ("admin@demo.test", "Demo Ltd: administrator"),
    ("user@demo.test", "Demo Ltd: user"),
)
#: The last line. A program that starts the product waits for it: the API answers before the demo accounts exist.
LAST_LINE = "Press Ctrl-C to stop everything."


def ready_text(*, home: Path, address: str, seconds: float, given: Mapping[str, str], data: Path | None) -> str:
    """Compose the greeting; `given` is the person's environment, `data` the embedded database if any."""
    lines = ["", f"CapeControl is ready at {address} ({seconds:.1f} s)", ""]
    if data is None:
        lines += [
            "  DATABASE_URL is set, so no demo accounts were created. `.venv/bin/capecontrol seed` creates them,",
            "  and `.venv/bin/capecontrol staff add` creates an operator.",
        ]
    else:
        lines += [f"  Demo accounts, all with the password {DEMO_SIGN_IN}"]
        lines += [f"    {account:<22}{who}" for account, who in DEMO_ACCOUNTS]
    lines += [
        "",
        f"  Mailbox    {address}/dev/mailbox",
        f"  Guides     {address}/docs",
        f"  API        {address}/api/docs",
    ]
    lines += [f"  Logs       {_short(home / 'logs')}"]
    stand_ins = _stand_ins(given, data)
    if stand_ins:
        lines += ["", "  Local stand-ins, and the settings that replace them:"]
        lines += [f"    {what:<12}{setting:<42}{local}" for what, local, setting in stand_ins]
    lines += ["", f"  {LAST_LINE} Your data is kept; `{reset_command(home)}` deletes it.", ""]
    return "\n".join(lines)


def _stand_ins(given: Mapping[str, str], data: Path | None) -> list[tuple[str, str, str]]:
    rows = []
    if data is not None:
        rows.append(("PostgreSQL", f"embedded, data in {_short(data)}", "DATABASE_URL"))
    if not given.get("REDIS_URL"):
        rows.append(("Redis", "embedded Valkey", "REDIS_URL"))
    if not given.get("SMTP_URL") and not given.get("RESEND_API_KEY"):
        rows.append(("E-mail", "local mailbox, nothing leaves this machine", "SMTP_URL or RESEND_API_KEY"))
    if not given.get("STRIPE_SECRET_KEY"):
        rows.append(("Stripe", "local, no money moves", "STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET"))
    # No setting: any number of n8n servers is connected in the browser, each with its own key.
    rows.append(("n8n", "local, address and key at /dev/n8n", "connect yours under Workflows"))
    return rows


def _short(path: Path) -> str:
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative
