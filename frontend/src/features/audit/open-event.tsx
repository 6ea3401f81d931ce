import { useQuery } from "@tanstack/react-query";
import type { AuditEventOut } from "@/api/generated";
import { listAuditEventsOptions } from "@/api/generated/@tanstack/react-query.gen";
import { idParam } from "@/lib/list/address";
import type { ListAnswer } from "@/lib/list/page";
import { toApiError } from "@/lib/problem";
import { ErrorState } from "@/ui/patterns/error-state";
import { Button } from "@/ui/primitives/button";
import { SidePanel } from "@/ui/primitives/dialog";
import { EventPanel } from "./event-panel";
import type { AuditFilter } from "./list";
import { Neighbours, type ShowEvent } from "./neighbours";
import { entry } from "./texts";

export interface OpenEventProps {
  /** What the address says: an ID, or what somebody made of one. */
  id: string;
  /** The page of the list that is shown. */
  answer: ListAnswer<AuditEventOut> | undefined;
  filter: AuditFilter;
  onShow: ShowEvent;
}

/** Shows the entry that the address names, wherever it stands in the log, and leads to those beside it in the list. */
export function OpenEvent({ id, answer, filter, onShow }: OpenEventProps) {
  const listed = answer?.items.find((row) => row.id === id);
  const isId = idParam(id) !== undefined;
  const { data, error, refetch } = useQuery({ ...listAuditEventsOptions({ query: { id, limit: 1 } }), enabled: !listed && isId });
  const event = listed ?? data?.items[0];
  const close = () => onShow(undefined);
  if (event) return <EventPanel event={event} onClose={close} tools={answer && listed && <Neighbours id={id} answer={answer} filter={filter} onShow={onShow} />} />;
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
