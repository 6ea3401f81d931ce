"""What the audit log says of acts on projects."""

from capecontrol.core.audit import AuditArea, export_acts
from capecontrol.core.wording import Data, Wording, phrase


def _moved(data: Data) -> str:
    status = str(data.get("to", "another status")).replace("_", " ").lower()
    return f"Moved project {data.get('code', '…')} to {status}"


AUDIT_AREAS = (
    AuditArea(
        "project.",
        "Projects",
        {
            "project.created": phrase("Created project {code}"),
            "project.updated": phrase("Edited project {code}"),
            "project.status_changed": Wording(frozenset({"code", "to"}), _moved),
            **export_acts("project", "projects"),
        },
    ),
)
