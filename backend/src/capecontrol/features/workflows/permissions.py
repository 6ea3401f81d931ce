"""Who may do what with workflows."""

from capecontrol.core.permissions import MEMBERS, Grants, Permission, Role

WORKFLOWS_READ = Permission("workflows:read")
WORKFLOWS_DEPLOY = Permission("workflows:deploy")
WORKFLOWS_TRIGGER = Permission("workflows:trigger")
ENVIRONMENTS_MANAGE = Permission("workflow_environments:manage")
TEMPLATES_MANAGE = Permission("workflow_templates:manage")

GRANTS: Grants = {
    WORKFLOWS_READ: {Role.OPERATOR, *MEMBERS},
    WORKFLOWS_DEPLOY: {Role.OPERATOR},
    WORKFLOWS_TRIGGER: {Role.OPERATOR},
    ENVIRONMENTS_MANAGE: {Role.OPERATOR},
    TEMPLATES_MANAGE: {Role.OPERATOR},
}
