"""Reviewed exceptions of lists: what a list lacks that the others have, each with the reason that somebody accepted."""

from collections.abc import Mapping, Set
from dataclasses import dataclass

#: Lists that are not searched by text (``q``).
NOT_SEARCHED: Mapping[str, str] = {
    "list_bulk_operations": "a person's own of the last month, which have no words",
    "list_dead_letters": "few, and told apart by their consumer, which is a filter",
    "list_project_activity": "one project's timeline, worded when it is read",
    "list_proposal_versions": "the versions of one proposal",
    "list_workflow_executions": "the runs of one workflow, which have no words",
}


@dataclass(frozen=True, slots=True)
class SortedEachTime:
    """Orders of a list that no index has, so that all its rows are read and sorted for each page."""

    orders: Set[str]
    because: str


SORTED: Mapping[str, SortedEachTime] = {
    "list_dead_letters": SortedEachTime({"created_at"}, "few unless much goes wrong (open-findings.md)"),
    "list_workflow_environments": SortedEachTime({"created_at", "name"}, "a business has a handful of n8n servers"),
    "list_workflow_templates": SortedEachTime({"name"}, "a business has some dozens of templates"),
}
#: Lists that cannot be saved as a file.
NOT_EXPORTED: Mapping[str, str] = {
    "list_bulk_operations": "a person's own of the last month; what they did stands in the audit log",
    "list_project_activity": "a timeline to read; what happened stands in the audit log",
    "list_proposal_versions": "each version is a document of its own",
}
