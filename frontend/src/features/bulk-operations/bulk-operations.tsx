import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { BulkOperationOut } from "@/api/generated";
import { recallTexts, remember } from "@/lib/browser-memory";
import { CornerPanel } from "@/ui/primitives/corner";
import { OperationCard } from "./operation-card";
import { bulkOperationsOptions, isActive } from "./queries";
import { progress } from "./texts";

/** For so long a result is shown to who has not closed it. */
const SHOWN_MS = 3_600_000;
const DISMISSED = "dismissed-bulk-operations";
const REMEMBERED = 20;

/** Shows, on every page, how far the reader's bulk operations are, and what came of those that ended lately. */
export default function BulkOperations() {
  const { data } = useQuery(bulkOperationsOptions());
  const [dismissed, setDismissed] = useState(() => recallTexts(DISMISSED));
  const [openedAt] = useState(Date.now);
  const shown = (data?.items ?? []).filter((operation) => isActive(operation) || (!dismissed.includes(operation.id) && hasEndedSince(operation, openedAt - SHOWN_MS)));
  if (shown.length === 0) return null;

  function dismiss({ id }: BulkOperationOut) {
    const next = [...dismissed, id].slice(-REMEMBERED);
    setDismissed(next);
    remember(DISMISSED, next);
  }

  return (
    <CornerPanel>
      <section aria-label={progress.label} className="flex flex-col gap-2">
        {shown.map((operation) => (
          <OperationCard key={operation.id} operation={operation} onDismiss={() => dismiss(operation)} />
        ))}
      </section>
    </CornerPanel>
  );
}

function hasEndedSince({ finished_at: at }: BulkOperationOut, since: number): boolean {
  return at !== null && Date.parse(at) > since;
}
