"""Scopes: on whose behalf a transaction reads and writes. No session exists without one.

Each scope has a NOLOGIN role that the transaction takes on, from one NOINHERIT login that owns nothing (ADR 0018), on
any managed PostgreSQL. Migrations grant and police their tables (``migrations/README.md``); policies ask for the role,
therefore no role needs BYPASSRLS.
"""

import uuid
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OrganizationScope:
    """One organization's rows and no others."""

    org_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class PlatformScope:
    """All rows: platform staff holding a permission, or the system with a reason."""

    reason: str


@dataclass(frozen=True, slots=True)
class SignInScope:
    """The few tables that a look-up from a secret needs (who is this, in which organization)."""


Scope = OrganizationScope | PlatformScope | SignInScope

#: Sees rows whose ``org_id`` is the transaction's organization.
RUNTIME_ROLE = "capecontrol_runtime"
#: Sees all rows: platform staff, the system.
SYSTEM_ROLE = "capecontrol_system"
#: Sees all rows of the few tables that a look-up from a secret needs.
SIGNIN_ROLE = "capecontrol_signin"


def database_role(scope: Scope) -> str:
    """Return the NOLOGIN role that a transaction of this scope takes on."""
    match scope:
        case OrganizationScope():
            return RUNTIME_ROLE
        case PlatformScope():
            return SYSTEM_ROLE
        case SignInScope():
            return SIGNIN_ROLE
