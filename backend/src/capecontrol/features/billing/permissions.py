"""Who may do what with money."""

from capecontrol.core.permissions import MEMBERS, Grants, Permission, Role

INVOICES_READ = Permission("invoices:read")
PAYMENTS_READ = Permission("payments:read")
PROPOSALS_PAY = Permission("proposals:pay")

GRANTS: Grants = {
    INVOICES_READ: {Role.OPERATOR, *MEMBERS},
    # An ADMINISTRATOR is kept from billing and a USER reads invoices (spec 1, "Who may do what").
    PAYMENTS_READ: {Role.OPERATOR, Role.OWNER},
    PROPOSALS_PAY: {Role.OWNER},
}
