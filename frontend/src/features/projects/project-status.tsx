import type { ProjectStatus } from "@/api/generated";
import { ArchivedMark, DoneMark, DraftMark, RunningMark, WaitingMark } from "@/ui/icon";
import { statusPill, type StatusLooks } from "@/ui/patterns/status-pill";
import { Stepper } from "@/ui/patterns/stepper";
import { PROJECT_STATUS_ORDER } from "./statuses";

/** The six states of a project, in order, with the words used everywhere. */
export const PROJECT_STATUSES: StatusLooks<ProjectStatus> = {
  DRAFT: { label: "Draft", tone: "neutral", icon: DraftMark },
  PROPOSED: { label: "Proposed", tone: "warn", icon: WaitingMark },
  APPROVED: { label: "Approved", tone: "info", icon: DoneMark },
  IN_PROGRESS: { label: "In progress", tone: "info", icon: RunningMark },
  COMPLETED: { label: "Completed", tone: "ok", icon: DoneMark },
  ARCHIVED: { label: "Archived", tone: "neutral", icon: ArchivedMark },
};

/** Says a project's status. */
export const ProjectPill = statusPill(PROJECT_STATUSES);

/** Shows how far a project has come. */
export function ProjectStepper({ status }: { status: ProjectStatus }) {
  return <Stepper label="Status of the project" steps={PROJECT_STATUS_ORDER.map((value) => ({ value, label: PROJECT_STATUSES[value].label }))} current={status} />;
}
