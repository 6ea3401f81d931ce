"""What main joins of workflows."""

from capecontrol.core.changes.topic import Topic
from capecontrol.core.feature import Feature
from capecontrol.core.path_objects import PathObject
from capecontrol.core.secret_keys.columns import Form, KeyedColumn
from capecontrol.features.workflows import models
from capecontrol.features.workflows.activity import ACTIVITY
from capecontrol.features.workflows.audit import AUDIT_AREAS
from capecontrol.features.workflows.bulk import PAUSE, RESUME
from capecontrol.features.workflows.dao.environments import EnvironmentDao
from capecontrol.features.workflows.dao.instances import InstanceDao
from capecontrol.features.workflows.dao.templates import TemplateDao
from capecontrol.features.workflows.jobs import SCHEDULE
from capecontrol.features.workflows.permissions import GRANTS, WORKFLOWS_READ
from capecontrol.features.workflows.routes import callbacks, environments, templates, workflows
from capecontrol.features.workflows.subscribers import SUBSCRIPTIONS

FEATURE = Feature(
    name="workflows",
    models=(models,),
    # The nouns' paths come before `/api/workflows/{workflow_id}`, which would take them for ids.
    routers=(environments.router, templates.router, workflows.router, callbacks.router),
    grants=GRANTS,
    path_objects=(
        PathObject("workflow_id", "workflow", InstanceDao),
        PathObject("environment_id", "workflow_environment", EnvironmentDao),
        PathObject("template_id", "workflow_template", TemplateDao),
    ),
    topics={Topic.WORKFLOWS: WORKFLOWS_READ, Topic.EXECUTIONS: WORKFLOWS_READ},
    audit_areas=AUDIT_AREAS,
    activity=ACTIVITY,
    bulk=(PAUSE, RESUME),
    subscriptions=SUBSCRIPTIONS,
    schedule=SCHEDULE,
    keyed_columns=(
        KeyedColumn(Form.SEALED, models.N8nEnvironment.api_key_sealed),
        KeyedColumn(Form.SEALED, models.WorkflowInstance.secrets_sealed),
        KeyedColumn(Form.SEALED, models.WorkflowInstance.callback_secret_sealed),
    ),
)
