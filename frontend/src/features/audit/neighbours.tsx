import { useQueryClient } from "@tanstack/react-query";
import type { AuditEventOut } from "@/api/generated";
import type { ListAnswer } from "@/lib/list/page";
import type { Place } from "@/lib/list/paging";
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
    const page = await client.query(auditListOptions({ ...filter, page: undefined, cursor: undefined, ...place }));
    onShow(page.items.at(end)?.id ?? id, place);
  }
  const step = (to: AuditEventOut | undefined, place: Place | undefined, end: 0 | -1) => {
    if (to) return () => onShow(to.id);
    return place && (() => void turn(place, end));
  };
  const above = step(answer.items[at - 1], placeBefore(answer), -1);
  const below = step(answer.items[at + 1], placeAfter(answer), 0);
  return (
    <>
      <IconButton icon={ChevronUpIcon} label={entry.above} disabled={!above} onClick={above} />
      <IconButton icon={ChevronDownIcon} label={entry.below} disabled={!below} onClick={below} />
    </>
  );
}

function placeBefore({ page }: ListAnswer<unknown>): Place | undefined {
  if (page === null || page <= 1) return undefined;
  return { page: page > 2 ? page - 1 : undefined };
}

function placeAfter({ page, pages, next_cursor: cursor }: ListAnswer<unknown>): Place | undefined {
  if (page === null || pages === null) return cursor === null ? undefined : { cursor };
  return page < pages ? { page: page + 1 } : undefined;
}
