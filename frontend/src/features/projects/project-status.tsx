import type { ProjectStatus } from "@/api/generated";
import { useCan } from "@/lib/session/me";
import { ArchivedMark, DoneMark, DraftMark, RunningMark, WaitingMark } from "@/ui/icon";
import { statusPill, type StatusLooks } from "@/ui/patterns/status-pill";
import { Stepper } from "@/ui/patterns/stepper";
import { PROJECT_STATUS_ORDER } from "./statuses";
import { clientStatuses, projectPage, statuses } from "./texts";

/** The six states of a project, in order, with the words used everywhere. */
export const PROJECT_STATUSES: StatusLooks<ProjectStatus> = {
  DRAFT: { label: statuses.DRAFT, tone: "neutral", icon: DraftMark },
  PROPOSED: { label: statuses.PROPOSED, tone: "warn", icon: WaitingMark },
  APPROVED: { label: statuses.APPROVED, tone: "info", icon: DoneMark },
  IN_PROGRESS: { label: statuses.IN_PROGRESS, tone: "info", icon: RunningMark },
  COMPLETED: { label: statuses.COMPLETED, tone: "ok", icon: DoneMark },
  ARCHIVED: { label: statuses.ARCHIVED, tone: "neutral", icon: ArchivedMark },
};

/** The same in a client's words. */
export const CLIENT_PROJECT_STATUSES: StatusLooks<ProjectStatus> = { ...PROJECT_STATUSES, DRAFT: { ...PROJECT_STATUSES.DRAFT, label: clientStatuses.DRAFT } };

const StaffPill = statusPill(PROJECT_STATUSES);
const ClientPill = statusPill(CLIENT_PROJECT_STATUSES);

/** Says a project's status, in the reader's words. */
export function ProjectPill({ status }: { status: string }) {
  return useCan("projects:update") ? <StaffPill status={status} /> : <ClientPill status={status} />;
}

/** Shows how far a project has come. */
export function ProjectStepper({ status }: { status: ProjectStatus }) {
  const looks = useCan("projects:update") ? PROJECT_STATUSES : CLIENT_PROJECT_STATUSES;
  return <Stepper label={projectPage.progress} steps={PROJECT_STATUS_ORDER.map((value) => ({ value, label: looks[value].label }))} current={status} />;
}
