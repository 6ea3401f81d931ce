import type { BulkKind, StopReason } from "@/api/generated";
import { plural } from "@/ui/patterns/plural";

/** What is said of an act on many things while the server does it, in English. */

interface KindTexts {
  doing: (total: number) => string;
  done: (count: number) => string;
}

const projects = (count: number) => plural(count, { zero: "No projects", one: "# project", other: "# projects" });
const workflows = (count: number) => plural(count, { zero: "No workflows", one: "# workflow", other: "# workflows" });
const messages = (count: number) => plural(count, { zero: "No messages", one: "# message", other: "# messages" });

export const kinds = {
  "projects.archive": { doing: (total) => `Archiving ${projects(total)}`, done: (count) => `${projects(count)} archived` },
  "workflows.pause": { doing: (total) => `Pausing ${workflows(total)}`, done: (count) => `${workflows(count)} paused` },
  "workflows.resume": { doing: (total) => `Resuming ${workflows(total)}`, done: (count) => `${workflows(count)} resumed` },
  "dead_letters.revive": { doing: (total) => `Trying ${messages(total)} again`, done: (count) => `${messages(count)} will be tried again` },
} satisfies Record<BulkKind, KindTexts>;

export const progress = {
  label: "Background tasks",
  waiting: "Waiting to start",
  of: (done: string, total: string) => `${done} of ${total}`,
  /** Read aloud while it runs, and when it has ended. */
  under: (title: string, count: string) => `${title}: ${count}`,
  ended: (title: string, outcome: string | undefined, failed: number) => [outcome ? `${title}: ${outcome}` : title, failed > 0 && progress.failed(failed)].filter(Boolean).join(", "),
  failed: (count: number) => plural(count, { other: "# failed" }),
  cancel: "Cancel",
  cancelled: (left: number) => (left === 0 ? "Cancelled." : `Cancelled. ${plural(left, { one: "# was", other: "# were" })} not started.`),
  stopped: {
    PERMISSION_LOST: "Stopped, because you no longer have permission to do this.",
    SIGNED_OUT: "Stopped, because you signed out of all devices.",
    INTERNAL_ERROR: "Stopped, because of a problem on our side. You can start it again.",
    ACCOUNT_INACTIVE: "Stopped, because your account or organization was inactive.",
  } satisfies Record<StopReason, string>,
  allDone: "Done",
  why: "See why",
  hideWhy: "Hide reasons",
  failures: "Failed items",
  gone: "Item that no longer exists",
  more: (count: number) => plural(count, { one: "And # more.", other: "And # more." }),
  retry: "Retry failed items",
  dismiss: "Close",
  refused: "That didn’t work",
};
