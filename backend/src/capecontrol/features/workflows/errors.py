"""What can be refused about workflows."""

from typing import ClassVar

from capecontrol.core.problems import Conflict, TooManyRequests, Unauthenticated, UpstreamFailed


class ProjectNotApproved(Conflict):
    """The project has no approved proposal yet, or is over."""

    slug: ClassVar[str] = "workflows/project-not-approved"
    title: ClassVar[str] = "Workflows can only be deployed for approved projects"


class WrongStatus(Conflict):
    """The workflow's status does not allow the command."""

    slug: ClassVar[str] = "workflows/wrong-status"
    title: ClassVar[str] = "The workflow's status doesn't allow this"


class TemplateSuperseded(Conflict):
    """Somebody made a newer version of the template, or put it away."""

    slug: ClassVar[str] = "workflows/template-superseded"
    title: ClassVar[str] = "This isn't the current version of the template"


class EnvironmentInUse(Conflict):
    """Workflows are deployed there."""

    slug: ClassVar[str] = "workflows/environment-in-use"
    title: ClassVar[str] = "Workflows have been deployed to this n8n server"


class EnvironmentChanged(Conflict):
    """The server's address or key was changed while its connection was tested."""

    slug: ClassVar[str] = "workflows/environment-changed"
    title: ClassVar[str] = "Someone changed this n8n server while the connection was being tested"


class EngineFailed(UpstreamFailed):
    """The n8n server couldn't complete the request."""

    slug: ClassVar[str] = "workflows/engine-failed"
    title: ClassVar[str] = "The n8n server couldn't complete the request"


class CallbackRefused(Unauthenticated):
    """A callback whose signature does not hold: unknown workflow, wrong secret, too old or from the future."""

    slug: ClassVar[str] = "workflows/callback-refused"
    title: ClassVar[str] = "The callback's signature isn't valid"


class TooManyRuns(TooManyRequests):
    """A workflow reports more runs that we did not start than are taken of it."""

    slug: ClassVar[str] = "workflows/too-many-runs"
    title: ClassVar[str] = "This workflow has reported too many runs"
