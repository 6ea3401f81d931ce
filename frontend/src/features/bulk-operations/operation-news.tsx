import type { BulkOperationOut } from "@/api/generated";
import { formatParts } from "@/ui/patterns/formats";
import { outcomeOf } from "./operation-outcome";
import { isActive } from "./queries";
import { kinds, progress } from "./texts";

/** Says how operations go: when one begins, at each quarter, and when it ends. Every number would talk over the reader. */
export function OperationNews({ operations }: { operations: readonly BulkOperationOut[] }) {
  return (
    // There before the first operation is: words that come with their region are not always read aloud. Each is read by itself.
    <div role="status" aria-atomic="false" className="sr-only">
      {operations.map((operation) => (
        <p key={operation.id}>{newsOf(operation)}</p>
      ))}
    </div>
  );
}

function newsOf(operation: BulkOperationOut): string {
  const { kind, total, succeeded, failed } = operation;
  if (!isActive(operation)) return progress.ended(kinds[kind].done(succeeded), outcomeOf(operation), failed);
  const quarters = total === 0 ? 0 : Math.floor((4 * (succeeded + failed)) / total);
  return progress.under(kinds[kind].doing(total), progress.of(formatParts(Math.ceil((quarters * total) / 4), 0), formatParts(total, 0)));
}
