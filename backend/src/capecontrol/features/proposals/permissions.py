"""Who may do what with proposals."""

from capecontrol.core.permissions import MEMBERS, Grants, Permission, Role

PROPOSALS_READ = Permission("proposals:read")
PROPOSALS_WRITE = Permission("proposals:write")
PROPOSALS_SEND = Permission("proposals:send")
PROPOSALS_DECIDE = Permission("proposals:decide")
PROPOSALS_REQUEST_CHANGES = Permission("proposals:request_changes")
PROPOSALS_DISMISS = Permission("proposals:dismiss")

# Approving and declining bind the customer: its OWNER does that, and nobody on its behalf.
GRANTS: Grants = {
    PROPOSALS_READ: {Role.OPERATOR, *MEMBERS},
    PROPOSALS_WRITE: {Role.OPERATOR},
    PROPOSALS_SEND: {Role.OPERATOR},
    PROPOSALS_DECIDE: {Role.OWNER},
    PROPOSALS_REQUEST_CHANGES: {Role.OWNER, Role.ADMINISTRATOR},
    PROPOSALS_DISMISS: {Role.OPERATOR, Role.OWNER},
}
