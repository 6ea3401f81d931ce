import type { UseQueryResult } from "@tanstack/react-query";
import { useCallback, type ReactNode } from "react";
import { FilterBar, FilterSearch, FilterSelect } from "@/ui/patterns/filter-bar";
import { PageHeader } from "@/ui/patterns/page-header";
import { Page } from "@/ui/patterns/panel";
import type { StatusLooks } from "@/ui/patterns/status-pill";
import type { ListFilter } from "./list-filter";
import { countOf, ListView, type ListPage as Answer } from "./list-view";

export interface ListPageProps<Item, Status extends string> {
  title: string;
  /** What the list is of, in the plural: "projects". */
  noun: string;
  /** What the words of the search are looked for in. */
  searched: string;
  looks: StatusLooks<Status>;
  query: UseQueryResult<Answer<Item>, unknown>;
  filter: ListFilter<Status>;
  onFilter: (filter: ListFilter<Status>) => void;
  actions?: ReactNode;
  /** What stands where nothing is yet. */
  empty: ReactNode;
  children: (items: Item[]) => ReactNode;
}

/** Lists things that have a status, to be found by words and by status; the filter lives in the address. */
export function ListPage<Item, Status extends string>({ title, noun, searched, looks, query, filter, onFilter, actions, empty, children }: ListPageProps<Item, Status>) {
  const statuses = Object.keys(looks) as Status[];
  const isFiltered = Boolean(filter.q ?? filter.status);
  const search = useCallback((q: string) => onFilter({ ...filter, q: q || undefined, page: undefined }), [filter, onFilter]);
  return (
    <Page>
      <PageHeader title={title} actions={actions} />
      <div className="flex flex-col gap-4">
        <FilterBar count={countOf(query.data)} onClear={isFiltered ? () => onFilter({}) : undefined}>
          <FilterSearch label={`Find ${noun}`} placeholder={searched} value={filter.q ?? ""} onChange={search} />
          <FilterSelect
            label="Status"
            value={filter.status ?? ""}
            options={statuses.map((value) => ({ value, label: looks[value].label }))}
            onChange={(value) => onFilter({ ...filter, status: statuses.find((status) => status === value), page: undefined })}
          />
        </FilterBar>
        <ListView query={query} noun={noun} isFiltered={isFiltered} onClear={() => onFilter({})} onPage={(page) => onFilter({ ...filter, page })} empty={empty}>
          {children}
        </ListView>
      </div>
    </Page>
  );
}
