import type { BulkOperationOut } from "@/api/generated";
import { formatParts } from "@/ui/patterns/formats";
import { progress } from "./texts";

/** Says what came of an operation that ended, or why it ended early; nothing where the count in its title says all. */
export function outcomeOf({ state, stop_reason: reason, total, succeeded, failed }: BulkOperationOut): string | undefined {
  if (state === "CANCELLED") return progress.cancelled(total - succeeded - failed);
  if (reason !== null) return progress.stopped[reason];
  if (succeeded === total) return undefined;
  return progress.of(formatParts(succeeded, 0), formatParts(total, 0));
}
