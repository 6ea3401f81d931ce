"""Who may start bulk operations at all; what each does has a permission of its own besides."""

from capecontrol.core.permissions import Grants, Permission, Role

BULK_OPERATIONS_RUN = Permission("bulk_operations:run")

GRANTS: Grants = {BULK_OPERATIONS_RUN: {Role.OPERATOR}}
