import type { ProjectStatus } from "@/api/generated";
import { ArchivedMark, DoneMark, DraftMark, RunningMark, WaitingMark, type IconShape } from "@/ui/icon";
import { Stepper } from "@/ui/patterns/stepper";
import { Pill, type Tone } from "@/ui/primitives/pill";
import { STATUS_ORDER } from "./statuses";

interface Look {
  label: string;
  tone: Tone;
  icon: IconShape;
}

/** The six states of a project, in order, with the words used everywhere. */
export const PROJECT_STATUSES: Record<ProjectStatus, Look> = {
  DRAFT: { label: "Draft", tone: "neutral", icon: DraftMark },
  PROPOSED: { label: "Proposed", tone: "warn", icon: WaitingMark },
  APPROVED: { label: "Approved", tone: "info", icon: DoneMark },
  IN_PROGRESS: { label: "In progress", tone: "info", icon: RunningMark },
  COMPLETED: { label: "Completed", tone: "ok", icon: DoneMark },
  ARCHIVED: { label: "Archived", tone: "neutral", icon: ArchivedMark },
};

/** Says a project's status. */
export function ProjectPill({ status }: { status: ProjectStatus }) {
  const look = PROJECT_STATUSES[status];
  return (
    <Pill tone={look.tone} icon={look.icon}>
      {look.label}
    </Pill>
  );
}

/** Shows how far a project has come. */
export function ProjectStepper({ status }: { status: ProjectStatus }) {
  return <Stepper label="Status of the project" steps={STATUS_ORDER.map((value) => ({ value, label: PROJECT_STATUSES[value].label }))} current={status} />;
}
