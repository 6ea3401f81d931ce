import { useQuery } from "@tanstack/react-query";
import type { AuditEventOut } from "@/api/generated";
import { listAuditEventsOptions } from "@/api/generated/@tanstack/react-query.gen";
import { toApiError } from "@/lib/problem";
import { ErrorState } from "@/ui/patterns/error-state";
import { SidePanel } from "@/ui/primitives/dialog";
import { EventPanel } from "./event-panel";
import { entry } from "./texts";

/** Shows the entry that the address names, wherever it stands in the log; `listed` is the one that the list shows. */
export function OpenEvent({ id, listed, onClose }: { id: string; listed: AuditEventOut | undefined; onClose: () => void }) {
  const { data, error, refetch } = useQuery({ ...listAuditEventsOptions({ query: { id, limit: 1 } }), enabled: !listed });
  const event = listed ?? data?.items[0];
  if (event) return <EventPanel event={event} onClose={onClose} />;
  if (error)
    return (
      <SidePanel isOpen onOpenChange={onClose} title={entry.one}>
        <ErrorState detail={toApiError(error).detail} onRetry={() => void refetch()} />
      </SidePanel>
    );
  return data ? (
    <SidePanel isOpen onOpenChange={onClose} title={entry.missing.title}>
      <p>{entry.missing.hint}</p>
    </SidePanel>
  ) : null;
}
