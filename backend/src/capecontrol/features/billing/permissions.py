"""Who may do what with money."""

from capecontrol.core.permissions import MEMBERS, Grants, Permission, Role

INVOICES_READ = Permission("invoices:read")
PAYMENTS_READ = Permission("payments:read")
PROPOSALS_PAY = Permission("proposals:pay")

GRANTS: Grants = {
    INVOICES_READ: {Role.OPERATOR, *MEMBERS},
    PAYMENTS_READ: {Role.OPERATOR, *MEMBERS},
    PROPOSALS_PAY: {Role.OWNER},
}
