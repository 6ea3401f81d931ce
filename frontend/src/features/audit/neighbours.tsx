import { useQueryClient } from "@tanstack/react-query";
import type { AuditEventOut } from "@/api/generated";
import type { ListAnswer } from "@/lib/list/page";
import { leaveTrail, placeAfter, placeBefore, type Place } from "@/lib/list/place";
import { ChevronDownIcon, ChevronUpIcon } from "@/ui/icon";
import { IconButton } from "@/ui/primitives/button";
import type { AuditFilter } from "./list";
import { auditListOptions } from "./queries";
import { entry } from "./texts";

/** Opens an entry, on another page of the list where it stands there; closes the one that is open without an ID. */
export type ShowEvent = (id: string | undefined, place?: Place) => void;

export interface NeighboursProps {
  id: string;
  /** The page of the list that the entry stands on. */
  answer: ListAnswer<AuditEventOut>;
  filter: AuditFilter;
  onShow: ShowEvent;
}

/** Leads to the entries above and below one in the list, over the ends of its page. */
export function Neighbours({ id, answer, filter, onShow }: NeighboursProps) {
  const client = useQueryClient();
  const at = answer.items.findIndex((row) => row.id === id);
  async function turn(place: Place, end: 0 | -1) {
    if (end === 0) leaveTrail(place, filter.cursor);
    // Where the page cannot be had, the list says so beside the entry that is open.
    const page = await client.query(auditListOptions({ ...filter, page: undefined, cursor: undefined, ...place })).catch(() => undefined);
    onShow(page?.items.at(end)?.id ?? id, place);
  }
  const step = (to: AuditEventOut | undefined, place: Place | undefined, end: 0 | -1) => {
    if (to) return () => onShow(to.id);
    return place && (() => void turn(place, end));
  };
  const above = step(answer.items[at - 1], placeBefore(answer, filter.cursor), -1);
  const below = step(answer.items[at + 1], placeAfter(answer), 0);
  return (
    <>
      <IconButton icon={ChevronUpIcon} label={entry.above} disabled={!above} onClick={above} />
      <IconButton icon={ChevronDownIcon} label={entry.below} disabled={!below} onClick={below} />
    </>
  );
}
