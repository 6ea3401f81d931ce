import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { DataTableSkeleton } from "@/ui/patterns/data-table-skeleton";
import { EmptyState } from "@/ui/patterns/empty-state";
import { FilteredEmpty } from "@/ui/patterns/filtered-empty";
import { Panel } from "@/ui/patterns/panel";
import { Button } from "@/ui/primitives/button";
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
  const { items, page, pages, total } = query.data;
  if (items.length === 0 && total > 0 && onPage) return <Panel><PastTheEnd noun={noun} pages={pages} onPage={onPage} /></Panel>;
  if (items.length === 0) return <Panel>{isFiltered && onClear ? <FilteredEmpty noun={noun} onClear={onClear} /> : empty}</Panel>;
  return (
    <div className="flex flex-col gap-4">
      {children(items)}
      {page !== null && pages !== null && onPage && <Pagination page={page} pages={pages} onPage={onPage} />}
    </div>
  );
}

/** Says that a page's number is beyond the last: an old address, or rows that went away. */
function PastTheEnd({ noun, pages, onPage }: { noun: string; pages: number | null; onPage: (page: number) => void }) {
  return (
    <EmptyState title="This page is past the end" action={<Button onClick={() => onPage(1)}>Go to the first page</Button>}>
      {pages === 1 ? `All ${noun} are on one page.` : `There are ${pages ?? "fewer"} pages of ${noun}.`}
    </EmptyState>
  );
}

/** Writes how much of the whole a page shows: "6 of 42". */
export function countOf(data: ListPage<unknown> | undefined): string | undefined {
  if (!data || data.items.length === 0) return undefined;
  return `${data.items.length} of ${data.total}${data.total_capped ? "+" : ""}`;
}
