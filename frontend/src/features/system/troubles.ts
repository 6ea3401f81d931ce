import type { LaneOut, ProcessOut, RetriedMessageOut, SystemOut } from "@/api/generated";
import { formatSeconds } from "./duration";
import { jobName, kindName, laneName, reasonText } from "./names";
import { troubles } from "./texts";

/** Later than this, somebody should look. */
const LATE_SECONDS = 60;
/** Clocks that differ by more need somebody to look. */
const SKEW_SECONDS = 5;

/** Says what is wrong with a process: silent, or with a clock of its own; nothing where it is well. */
export function processTrouble({ is_alive: isAlive, silent_seconds: silence, clock_ahead_seconds: ahead }: ProcessOut): string | undefined {
  if (!isAlive) return troubles.silent(formatSeconds(silence));
  if (Math.abs(ahead) <= SKEW_SECONDS) return undefined;
  return ahead > 0 ? troubles.clockFast(formatSeconds(ahead)) : troubles.clockSlow(formatSeconds(-ahead));
}

/** Tells whether what is due in a lane waits for longer than it should. */
function isLate({ oldest_due_seconds: lag }: LaneOut): boolean {
  return lag >= LATE_SECONDS;
}

/** Says what is wrong with a lane: late, or failing for longer than a second try takes; nothing where it is well. */
export function laneTrouble(lane: LaneOut): string | undefined {
  const { oldest_due_seconds: lag, failing, oldest_failing_seconds: age } = lane;
  if (isLate(lane)) return troubles.late(formatSeconds(lag));
  if (failing > 0 && age >= LATE_SECONDS) return troubles.failing(failing);
  return undefined;
}

/** The parts of the page, as its address names them. */
export type SystemPart = "retried" | "undelivered" | "processes" | "deliveries" | "schedule" | "keys";

export interface Trouble {
  text: string;
  /** Where on the page it is seen. */
  part: SystemPart;
}

/** Lists all that needs somebody to look, and where on the page it is. */
export function troublesOf({ dead_letters: dead, processes, lanes, retried, schedule }: SystemOut): Trouble[] {
  const late = schedule.filter((job) => job.is_late).map((job) => jobName(job.name));
  return [
    ...(processes === null ? [{ text: troubles.redis, part: "deliveries" as const }] : []),
    ...(dead > 0 ? [{ text: troubles.undelivered(dead), part: "undelivered" as const }] : []),
    ...(processes ?? []).flatMap((process) => about("processes", troubles.process(kindName(process.kind), process.host), processTrouble(process))),
    ...lanes.flatMap((lane) => (isLate(lane) ? about("deliveries", laneName(lane.lane), laneTrouble(lane)) : about("retried", laneName(lane.lane), failure(lane, retried)))),
    ...(late.length > 0 ? [{ text: troubles.lateJobs(late.join(", ")), part: "schedule" as const }] : []),
  ];
}

/** Says how many messages of a lane fail, and why the oldest that is shown did; nothing where it is well. */
function failure(lane: LaneOut, retried: readonly RetriedMessageOut[]): string | undefined {
  const trouble = laneTrouble(lane);
  const oldest = retried.find((message) => message.lane === lane.lane);
  return trouble && oldest ? troubles.because(trouble, reasonText(oldest.reason)) : trouble;
}

function about(part: SystemPart, what: string, trouble: string | undefined): Trouble[] {
  return trouble ? [{ text: troubles.about(what, trouble), part }] : [];
}
