import { plural } from "@/ui/patterns/plural";

/** What acts on many things say while they run and when they end, in English. */

export const progress = {
  of: (ended: number, total: number) => `${ended} of ${total}`,
  cancel: "Cancel",
  stopping: "Stopping",
  stoppingHint: "Finishing the items already in progress.",
};

export const outcome = {
  all: "No failures",
  failed: (count: number) => plural(count, { other: "# failed" }),
  skipped: (count: number) => plural(count, { other: "# not started" }),
  both: (failed: string, skipped: string) => `${failed}, ${skipped}`,
  failures: "What failed",
  retry: "Retry failed items",
  close: "Close this result",
};

export const leaving = {
  title: "Leave before this finishes?",
  description: (doing: string) => `“${doing}” is still running. If you leave, items already in progress finish and the rest aren’t started.`,
  confirm: "Leave",
};
