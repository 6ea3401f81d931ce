"""Reviewed exceptions of lists: what a list lacks that the others have, each with the reason that somebody accepted."""

from collections.abc import Mapping

#: Lists that are not searched by text (``q``).
NOT_SEARCHED: Mapping[str, str] = {
    "list_bulk_operations": "a person's own of the last month, which have no words",
    "list_dead_letters": "few, and told apart by their consumer, which is a filter",
    "list_project_activity": "one project's timeline, worded when it is read",
    "list_proposal_versions": "the versions of one proposal",
    "list_workflow_executions": "the runs of one workflow, which have no words",
}
