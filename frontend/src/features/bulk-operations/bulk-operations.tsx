import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { recallTexts, remember } from "@/lib/browser-memory";
import { CornerPanel } from "@/ui/primitives/corner";
import { OperationCard } from "./operation-card";
import { OperationNews } from "./operation-news";
import { bulkOperationsOptions, isActive } from "./queries";
import { progress } from "./texts";

const SHOWN = "shown-bulk-operations";

/** Shows, on every page, how far the reader's bulk operations are, and what came of those that this browser saw at work, until it is closed. */
export default function BulkOperations() {
  const { data } = useQuery(bulkOperationsOptions());
  const [past, setPast] = useState<readonly string[]>();
  // What had ended before this browser showed it was seen elsewhere.
  if (data && !past) {
    const known = recallTexts(SHOWN);
    setPast(data.items.filter((operation) => !isActive(operation) && !known.includes(operation.id)).map(({ id }) => id));
  }
  const isKnown = data !== undefined && past !== undefined;
  const shown = isKnown ? data.items.filter((operation) => isActive(operation) || !past.includes(operation.id)) : [];
  const ids = isKnown ? shown.map(({ id }) => id).join(" ") : undefined;
  useEffect(() => {
    if (ids !== undefined) remember(SHOWN, ids === "" ? null : ids.split(" "));
  }, [ids]);
  return (
    <>
      <OperationNews operations={shown} />
      {shown.length > 0 && (
        <CornerPanel>
          <section aria-label={progress.label} className="flex flex-col gap-2">
            {shown.map((operation) => (
              <OperationCard key={operation.id} operation={operation} onDismiss={() => setPast((before = []) => [...before, operation.id])} />
            ))}
          </section>
        </CornerPanel>
      )}
    </>
  );
}
