import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { LoadError } from "@/lib/load-error";
import { isStatus, toApiError } from "@/lib/problem";
import { OfflineIcon } from "@/ui/icon";
import { DataTableSkeleton } from "@/ui/patterns/data-table-skeleton";
import { EmptyState } from "@/ui/patterns/empty-state";
import { FilteredEmpty } from "@/ui/patterns/filtered-empty";
import { Panel } from "@/ui/patterns/panel";
import { Button } from "@/ui/primitives/button";
import { Notice } from "@/ui/primitives/notice";
import type { ListAnswer } from "./page";
import { Paging } from "./paging";
import type { Place } from "./place";
import { lostPlace, offline, pastTheEnd, stale } from "./texts";

export interface ListViewProps<Item> {
  query: UseQueryResult<ListAnswer<Item>, unknown>;
  /** What the list is of, in the plural: "projects". */
  noun: string;
  isFiltered?: boolean;
  onClear?: () => void;
  /** The words that the list is searched for, what they are looked for in, and whether filters hold besides. */
  search?: { words: string | undefined; searched: string | undefined; hasFilters: boolean };
  /** What stands where nothing is yet. */
  empty: ReactNode;
  /** What holds the place of the rows. */
  skeleton?: ReactNode;
  cursor?: string | undefined;
  onPlace?: (place: Place) => void;
  children: (items: Item[], isBusy: boolean) => ReactNode;
}

/** Shows a list in each of its states: loading, empty, emptied by a filter, failed, forbidden, offline, past its end, filled. */
export function ListView<Item>({ query, noun, isFiltered = false, onClear, search, empty, skeleton = <DataTableSkeleton />, cursor, onPlace, children }: ListViewProps<Item>) {
  const retry = () => void query.refetch();
  if (query.isPending) return query.fetchStatus === "paused" ? <Offline noun={noun} /> : skeleton;
  if (query.isError && cursor && onPlace && isStatus(query.error, 422)) return <Panel><LostPlace onPlace={onPlace} /></Panel>;
  if (query.isError && !query.data) {
    return (
      <Panel>
        <LoadError error={query.error} onRetry={retry} />
      </Panel>
    );
  }
  const { items, page, pages, total } = query.data;
  const isPastTheEnd = cursor !== undefined || (page ?? 1) > 1 || (total ?? 0) > 0;
  if (items.length === 0 && onPlace && isPastTheEnd) return <Panel><PastTheEnd pages={pages} onPlace={onPlace} /></Panel>;
  if (items.length === 0) return <Panel>{isFiltered && onClear ? <FilteredEmpty noun={noun} {...search} onClear={onClear} /> : empty}</Panel>;
  return (
    <div className="flex flex-col gap-4">
      {query.isError && (
        <Notice tone="bad" title={stale.title(noun)} actions={<Button onClick={retry}>{stale.retry}</Button>}>
          {toApiError(query.error).detail}
        </Notice>
      )}
      {children(items, query.isFetching)}
      {onPlace && <Paging answer={query.data} cursor={cursor} onPlace={onPlace} />}
    </div>
  );
}

/** Says that nothing can be loaded for now; the page goes on by itself when the network is back. */
function Offline({ noun }: { noun: string }) {
  return (
    <Panel>
      <EmptyState icon={OfflineIcon} title={offline.title}>
        {offline.hint(noun)}
      </EmptyState>
    </Panel>
  );
}

/** Says that a page's number is beyond the last: an old address, or rows that went away. */
function PastTheEnd({ pages, onPlace }: { pages: number | null; onPlace: (place: Place) => void }) {
  return (
    <EmptyState title={pastTheEnd.title} action={<Button onClick={() => onPlace({})}>{pastTheEnd.first}</Button>}>
      {pastTheEnd.hint(pages)}
    </EmptyState>
  );
}

/** Says that an address names a place that this list no longer has: it was sorted or filtered otherwise. */
function LostPlace({ onPlace }: { onPlace: (place: Place) => void }) {
  return (
    <EmptyState title={lostPlace.title} action={<Button onClick={() => onPlace({})}>{lostPlace.first}</Button>}>
      {lostPlace.hint}
    </EmptyState>
  );
}
