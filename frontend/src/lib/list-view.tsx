import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { DataTableSkeleton } from "@/ui/patterns/data-table-skeleton";
import { FilteredEmpty } from "@/ui/patterns/filtered-empty";
import { Panel } from "@/ui/patterns/panel";
import { Pagination } from "@/ui/primitives/pagination";
import { LoadError } from "./load-error";

export interface ListPage<Item> {
  items: Item[];
  total: number;
  total_capped?: boolean;
  page: number | null;
  pages: number | null;
}

export interface ListViewProps<Item> {
  query: UseQueryResult<ListPage<Item>, unknown>;
  /** What the list is of, in the plural: "projects". */
  noun: string;
  isFiltered?: boolean;
  onClear?: () => void;
  /** What stands where nothing is yet. */
  empty: ReactNode;
  onPage?: (page: number) => void;
  children: (items: Item[]) => ReactNode;
}

/** Shows a list in each of its states: loading, empty, emptied by a filter, failed, forbidden, filled. */
export function ListView<Item>({ query, noun, isFiltered = false, onClear, empty, onPage, children }: ListViewProps<Item>) {
  if (query.isPending) return <DataTableSkeleton />;
  if (query.isError && !query.data) {
    return (
      <Panel>
        <LoadError error={query.error} onRetry={() => void query.refetch()} />
      </Panel>
    );
  }
  const { items, page, pages } = query.data;
  if (items.length === 0) return <Panel>{isFiltered && onClear ? <FilteredEmpty noun={noun} onClear={onClear} /> : empty}</Panel>;
  return (
    <div className="flex flex-col gap-4">
      {children(items)}
      {page !== null && pages !== null && onPage && <Pagination page={page} pages={pages} onPage={onPage} />}
    </div>
  );
}

/** Writes how much of the whole a page shows: "6 of 42". */
export function countOf(data: ListPage<unknown> | undefined): string | undefined {
  if (!data || data.total === 0) return undefined;
  return `${data.items.length} of ${data.total}${data.total_capped ? "+" : ""}`;
}
