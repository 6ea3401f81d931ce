"""Scopes: on whose behalf a transaction reads and writes. No session exists without one.

Each scope has a NOLOGIN role that the transaction takes on, from one NOINHERIT login that owns nothing (ADR 0018), on
any managed PostgreSQL. Migrations grant and police their tables (``migrations/README.md``); policies ask for the role,
therefore no role needs BYPASSRLS.
"""

import uuid
from dataclasses import dataclass
from typing import ClassVar

#: Sees rows whose ``org_id`` is the transaction's organization.
RUNTIME_ROLE = "capecontrol_runtime"
#: Sees all rows: platform staff, the system.
SYSTEM_ROLE = "capecontrol_system"
#: Sees all rows of the few tables that a look-up from a secret needs.
SIGNIN_ROLE = "capecontrol_signin"


@dataclass(frozen=True, slots=True)
class OrganizationScope:
    """One organization's rows and no others."""

    database_role: ClassVar[str] = RUNTIME_ROLE

    org_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class PlatformScope:
    """All rows: platform staff holding a permission, or the system with a reason."""

    database_role: ClassVar[str] = SYSTEM_ROLE

    reason: str


@dataclass(frozen=True, slots=True)
class SignInScope:
    """The few tables that a look-up from a secret needs (who is this, in which organization)."""

    database_role: ClassVar[str] = SIGNIN_ROLE


#: Each names the NOLOGIN role that its transactions take on, as ``database_role``.
Scope = OrganizationScope | PlatformScope | SignInScope
