import { useQuery } from "@tanstack/react-query";
import type { AuditEventOut } from "@/api/generated";
import { listAuditEventsOptions } from "@/api/generated/@tanstack/react-query.gen";
import { idParam } from "@/lib/list/address";
import { toApiError } from "@/lib/problem";
import { ChevronDownIcon, ChevronUpIcon } from "@/ui/icon";
import { ErrorState } from "@/ui/patterns/error-state";
import { Button, IconButton } from "@/ui/primitives/button";
import { SidePanel } from "@/ui/primitives/dialog";
import { EventPanel } from "./event-panel";
import { entry } from "./texts";

export interface OpenEventProps {
  /** What the address says: an ID, or what somebody made of one. */
  id: string;
  /** The entries that the list shows. */
  rows: readonly AuditEventOut[];
  onShow: (id: string | undefined) => void;
}

/** Shows the entry that the address names, wherever it stands in the log, and leads to those beside it in the list. */
export function OpenEvent({ id, rows, onShow }: OpenEventProps) {
  const place = rows.findIndex((row) => row.id === id);
  const isListed = place >= 0;
  const isId = idParam(id) !== undefined;
  const { data, error, refetch } = useQuery({ ...listAuditEventsOptions({ query: { id, limit: 1 } }), enabled: !isListed && isId });
  const event = rows[place] ?? data?.items[0];
  const close = () => onShow(undefined);
  if (event) return <EventPanel event={event} onClose={close} tools={isListed && <Neighbours above={rows[place - 1]} below={rows[place + 1]} onShow={onShow} />} />;
  if (error)
    return (
      <SidePanel isOpen onOpenChange={close} title={entry.one}>
        <ErrorState detail={toApiError(error).detail} onRetry={() => void refetch()} />
      </SidePanel>
    );
  return data || !isId ? (
    <SidePanel isOpen onOpenChange={close} title={entry.missing.title} footer={<Button onClick={close}>{entry.missing.back}</Button>}>
      <p>{entry.missing.hint}</p>
    </SidePanel>
  ) : null;
}

function Neighbours({ above, below, onShow }: { above: AuditEventOut | undefined; below: AuditEventOut | undefined; onShow: OpenEventProps["onShow"] }) {
  return (
    <>
      <IconButton icon={ChevronUpIcon} label={entry.above} disabled={!above} onClick={() => onShow(above?.id)} />
      <IconButton icon={ChevronDownIcon} label={entry.below} disabled={!below} onClick={() => onShow(below?.id)} />
    </>
  );
}
