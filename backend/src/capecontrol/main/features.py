"""The join of all features: routes, grants, subscriptions, schedules."""

from capecontrol.core.http import Router
from capecontrol.core.outbox import housekeeping
from capecontrol.core.outbox.routes import EventRoutes
from capecontrol.core.permissions import PermissionTable
from capecontrol.features.audit import permissions as audit_permissions
from capecontrol.features.audit import routes as audit_routes
from capecontrol.features.billing import jobs as billing_jobs
from capecontrol.features.billing import permissions as billing_permissions
from capecontrol.features.billing import routes as billing_routes
from capecontrol.features.billing import subscribers as billing_subscribers
from capecontrol.features.business import permissions as business_permissions
from capecontrol.features.business import routes as business_routes
from capecontrol.features.dashboards import permissions as dashboards_permissions
from capecontrol.features.dashboards import routes as dashboards_routes
from capecontrol.features.identity import permissions as identity_permissions
from capecontrol.features.identity import routes as identity_routes
from capecontrol.features.notifications import subscribers as notifications_subscribers
from capecontrol.features.onboarding import permissions as onboarding_permissions
from capecontrol.features.onboarding import routes as onboarding_routes
from capecontrol.features.organizations import permissions as organizations_permissions
from capecontrol.features.organizations import routes as organizations_routes
from capecontrol.features.projects import permissions as projects_permissions
from capecontrol.features.projects import routes as projects_routes
from capecontrol.features.proposals import jobs as proposals_jobs
from capecontrol.features.proposals import permissions as proposals_permissions
from capecontrol.features.proposals import routes as proposals_routes
from capecontrol.features.proposals import subscribers as proposals_subscribers
from capecontrol.features.workflows import jobs as workflows_jobs
from capecontrol.features.workflows import permissions as workflows_permissions
from capecontrol.features.workflows import routes as workflows_routes
from capecontrol.features.workflows import subscribers as workflows_subscribers

ROUTERS: tuple[Router, ...] = (
    identity_routes.router,
    onboarding_routes.router,
    organizations_routes.router,
    business_routes.router,
    projects_routes.router,
    proposals_routes.router,
    billing_routes.router,
    workflows_routes.router,
    dashboards_routes.router,
    audit_routes.router,
)


def permission_table() -> PermissionTable:
    """Return who may do what, over all features."""
    return PermissionTable(
        audit_permissions.GRANTS,
        billing_permissions.GRANTS,
        business_permissions.GRANTS,
        dashboards_permissions.GRANTS,
        identity_permissions.GRANTS,
        onboarding_permissions.GRANTS,
        organizations_permissions.GRANTS,
        projects_permissions.GRANTS,
        proposals_permissions.GRANTS,
        workflows_permissions.GRANTS,
    )


def event_routes() -> EventRoutes:
    """Return who listens to what, and what recurs, over all features."""
    return EventRoutes(
        subscriptions=(
            *notifications_subscribers.SUBSCRIPTIONS,
            *proposals_subscribers.SUBSCRIPTIONS,
            *billing_subscribers.SUBSCRIPTIONS,
            *workflows_subscribers.SUBSCRIPTIONS,
        ),
        schedule=(
            *housekeeping.SCHEDULE,
            *proposals_jobs.SCHEDULE,
            *billing_jobs.SCHEDULE,
            *workflows_jobs.SCHEDULE,
        ),
    )
