import type { ProjectOut, ProjectProposalStatus, ProjectStatus } from "@/api/generated";
import { useCan } from "@/lib/session/me";
import { AlertMark, ArchivedMark, DoneMark, DraftMark, FailedMark, NoneMark, RunningMark, WaitingMark } from "@/ui/icon";
import { lookOf, type StatusLook, type StatusLooks } from "@/ui/patterns/status-pill";
import { Stepper, type Step } from "@/ui/patterns/stepper";
import { Pill } from "@/ui/primitives/pill";
import { PROJECT_STATUS_ORDER } from "./statuses";
import { anyAnswer, awaitingDecision, clientStatuses, projectPage, proposed, statuses } from "./texts";

/** The six states of a project, in order, with the words used everywhere. */
export const PROJECT_STATUSES: StatusLooks<ProjectStatus> = {
  DRAFT: { label: statuses.DRAFT, tone: "neutral", icon: DraftMark },
  PROPOSED: { label: statuses.PROPOSED, tone: "warn", icon: WaitingMark },
  APPROVED: { label: statuses.APPROVED, tone: "ok", icon: DoneMark },
  IN_PROGRESS: { label: statuses.IN_PROGRESS, tone: "info", icon: RunningMark },
  COMPLETED: { label: statuses.COMPLETED, tone: "ok", icon: DoneMark },
  ARCHIVED: { label: statuses.ARCHIVED, tone: "neutral", icon: ArchivedMark },
};

/** The same in a client's words. */
export const CLIENT_PROJECT_STATUSES: StatusLooks<ProjectStatus> = { ...PROJECT_STATUSES, DRAFT: { ...PROJECT_STATUSES.DRAFT, label: clientStatuses.DRAFT } };

/** What is told in place of "proposed"; nothing where it was not we who sent the proposal, or it was approved once. */
const PROPOSED: Readonly<Partial<Record<ProjectProposalStatus, StatusLook>>> = {
  SENT: { label: proposed.SENT, tone: "warn", icon: WaitingMark },
  CHANGES_REQUESTED: { label: proposed.CHANGES_REQUESTED, tone: "warn", icon: AlertMark },
  DECLINED: { label: proposed.DECLINED, tone: "bad", icon: FailedMark },
  EXPIRED: { label: proposed.EXPIRED, tone: "neutral", icon: NoneMark },
};

/** The states to filter by, which know nothing of what has come of a proposal. */
export function filterLooks(looks: StatusLooks<ProjectStatus>): StatusLooks<ProjectStatus> {
  return { ...looks, PROPOSED: { ...looks.PROPOSED, label: anyAnswer } };
}

type Told = Pick<ProjectOut, "status" | "proposal_status">;

/** Who reads: staff, or a client who decides on proposals or does not. */
export type StatusReader = "staff" | "decider" | "client";

/** Tells how a project stands, in the reader's words: by its status, and while it is proposed by what has come of its proposal. */
export function projectLook({ status, proposal_status: answer }: Told, reader: StatusReader): StatusLook {
  const look = status === "PROPOSED" && answer !== null ? PROPOSED[answer] : undefined;
  if (!look) return lookOf(reader === "staff" ? PROJECT_STATUSES : CLIENT_PROJECT_STATUSES, status);
  if (answer !== "SENT" || reader === "staff") return look;
  return { ...look, label: reader === "decider" ? awaitingDecision.yours : awaitingDecision.others };
}

/** The same, for whoever is signed in. */
export function useProjectLook(project: Told): StatusLook {
  const isStaff = useCan("projects:update");
  const canDecide = useCan("proposals:decide");
  return projectLook(project, isStaff ? "staff" : canDecide ? "decider" : "client");
}

/** Says how a project stands. */
export function ProjectPill({ project }: { project: Told }) {
  const { label, tone, icon } = useProjectLook(project);
  return (
    <Pill tone={tone} icon={icon}>
      {label}
    </Pill>
  );
}

type Way = Told & Pick<ProjectOut, "previous_status">;

/** Shows how far a project has come: the states that it went through, and what is ahead. */
export function ProjectStepper({ project }: { project: Way }) {
  const isStaff = useCan("projects:update");
  const looks = isStaff ? PROJECT_STATUSES : CLIENT_PROJECT_STATUSES;
  const now = useProjectLook(project);
  const early = archivedFrom(project, looks);
  // That staff will put it away is no step of a client's project.
  const way = wentThrough(project).filter((value) => isStaff || value !== "ARCHIVED" || value === project.status);
  const steps = way.map((value): Step => {
    if (value === project.status) return { value, label: early ? projectPage.archivedFrom(early.label) : now.label, ...(isHeldUp(value, now) && marks(now)) };
    if (value === project.previous_status && early && isHeldUp(value, early)) return { value, label: early.label, ...marks(early) };
    return { value, label: looks[value].label };
  });
  return <Stepper label={projectPage.progress} steps={steps} current={project.status} />;
}

/** Names the states of a project's way in order, without those that its last step skipped: they are neither behind it nor ahead. */
function wentThrough({ status, previous_status: before }: Way): readonly ProjectStatus[] {
  const at = PROJECT_STATUS_ORDER.indexOf(status);
  const from = before === null ? -1 : PROJECT_STATUS_ORDER.indexOf(before);
  return from === -1 ? PROJECT_STATUS_ORDER : PROJECT_STATUS_ORDER.filter((_, index) => index <= from || index >= at);
}

/** Tells what a project was that was archived before it was completed; an answer that nobody gave by then is not awaited any more. */
function archivedFrom({ status, proposal_status: answer, previous_status: before }: Way, looks: StatusLooks<ProjectStatus>): StatusLook | undefined {
  if (status !== "ARCHIVED" || before === null || before === "COMPLETED") return undefined;
  return (before === "PROPOSED" && answer !== null && answer !== "SENT" ? PROPOSED[answer] : undefined) ?? lookOf(looks, before);
}

/** Whether a proposed project does not simply go on. */
function isHeldUp(status: ProjectStatus, { icon }: StatusLook): boolean {
  return status === "PROPOSED" && icon !== WaitingMark;
}

function marks({ tone, icon }: StatusLook): Pick<Step, "tone" | "icon"> {
  return { tone, icon };
}
