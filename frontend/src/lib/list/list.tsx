import type { UseQueryResult } from "@tanstack/react-query";
import type { LinkProps } from "@tanstack/react-router";
import { useCallback, useRef, type ReactNode } from "react";
import { toApiError } from "@/lib/problem";
import type { Column } from "@/ui/patterns/data-column";
import { DataTable } from "@/ui/patterns/data-table";
import { DataTableSkeleton } from "@/ui/patterns/data-table-skeleton";
import { FilterBar, FilterRow } from "@/ui/patterns/filter-bar";
import { FilterSearch } from "@/ui/patterns/filter-search";
import { focusFirst } from "@/ui/patterns/focus-first";
import { CloseIcon } from "@/ui/icon";
import { IconButton } from "@/ui/primitives/button";
import { useNarrowBox } from "@/ui/narrow-box";
import { Notice } from "@/ui/primitives/notice";
import { bulkFilter, cleared, filterOnly, isFiltered, type ListFilter } from "./address";
import { SelectionBar, type BulkAction } from "./bulk-actions";
import { ColumnsMenu } from "./columns-menu";
import { ExportButton, type Export } from "./export-button";
import { FilterParts, type FilterPart } from "./filter-parts";
import { useHiddenColumns } from "./hidden-columns";
import { ListView } from "./list-view";
import { countedOf, countOf, isPart, wholeOf, type ListAnswer } from "./page";
import { useSelection } from "./selection";
import { SortNews } from "./sort-news";
import { SortSelect } from "./sort-select";
import { counts, selection as selectionTexts, stopped, tools, type Noun } from "./texts";
import { useBulkStart } from "./use-bulk-start";

export interface ListProps<Row, Filter extends ListFilter> {
  /** What the table is called, and what this browser remembers its columns by: "Projects". */
  label: string;
  /** What the list is of. */
  noun: Noun;
  columns: readonly Column<Row, NonNullable<Filter["sort"]>>[];
  query: UseQueryResult<ListAnswer<Row>, unknown>;
  filter: Filter;
  onFilter: (filter: Filter) => void;
  rowKey: (row: Row) => string;
  rowLink?: (row: Row) => LinkProps;
  /** What the words of the search are looked for in; without it there is no search. */
  searched?: string;
  filters?: readonly FilterPart<Filter>[];
  /** The order where the address names none. */
  defaultSort: NonNullable<Filter["sort"]> | undefined;
  exported?: Export | undefined;
  /** What can be done to several rows, with what tells one of them from the others, and the filter where the operation has other words for it. */
  bulk?: { actions: readonly BulkAction<Row>[]; nameOf: (row: Row) => string; filter?: Omit<ListFilter, "status" | "sort"> } | undefined;
  /** What stands where nothing is yet. */
  empty: ReactNode;
}

/** Lists things: found, narrowed, sorted, walked through, chosen and saved as a file, all of it kept in the address. */
export function List<Row, Filter extends ListFilter>({ label, noun, columns, query, filter, onFilter, rowKey, rowLink, searched, filters = [], defaultSort, exported, bulk, empty }: ListProps<Row, Filter>) {
  const change = useCallback((part: ListFilter) => onFilter({ ...filter, page: undefined, cursor: undefined, ...part }), [filter, onFilter]);
  const search = useCallback((q: string) => change({ q: q || undefined }), [change]);
  const [hidden, hide] = useHiddenColumns(label, filter.hide, (ids) => onFilter({ ...filter, hide: ids }));
  const shown = columns.filter(({ id }, index) => index === 0 || !hidden.has(id));
  const isNarrowed = isFiltered(filter);
  const bar = useRef<HTMLDivElement>(null);
  const table = useRef<HTMLDivElement>(null);
  const clear = () => {
    onFilter(cleared(filter) as Filter);
    bar.current?.focus();
  };
  const sorting = { sort: filter.sort ?? defaultSort, onSort: (sort: string) => change({ sort: sort === defaultSort ? undefined : sort }) };
  const { selection, chosen, isWhole, hasPage, chooseWhole, clear: deselect, news } = useSelection({ rows: query.data?.items ?? [], rowKey, nameOf: bulk?.nameOf ?? rowKey, filter: JSON.stringify(filterOnly(filter)) });
  const hasNothing = query.data?.items.length === 0 && !filter.page && !filter.cursor;
  // Where nothing is yet there is nothing to find, sort or save.
  const isEmpty = hasNothing && !isNarrowed;
  // The acts go with the selection.
  const dropSelection = () => {
    deselect();
    focusFirst(table.current, "input[type=checkbox]");
  };
  const start = useBulkStart(dropSelection);
  const [box, hasCards] = useNarrowBox();
  // Offered where the whole page is chosen and there is more than the page.
  const whole = isWhole || (hasPage && isPart(query.data)) ? selectionTexts.all(countedOf(query.data, noun) ?? noun.other, isNarrowed) : undefined;

  return (
    <div ref={box} className="flex flex-col gap-4">
      {!isEmpty && (
        <FilterBar
          ref={bar}
          count={hasNothing ? counts.none : countOf(query.data)}
          onClear={isNarrowed ? clear : undefined}
          tools={
            <span className="flex items-center gap-2 max-sm:contents">
              <SortNews columns={columns} sorting={sorting} />
              {hasCards && <SortSelect columns={columns} sorting={sorting} />}
              {!hasCards && columns.length > 2 && <ColumnsMenu columns={columns} hidden={hidden} onHide={hide} />}
              {exported && !hasNothing && <ExportButton what={wholeOf(query.data, noun)} {...exported} />}
            </span>
          }
        >
          {searched && <FilterSearch label={tools.find(noun.other)} placeholder={searched} value={filter.q ?? ""} onChange={search} />}
          {filters.length > 0 && (
            <FilterRow>
              <FilterParts parts={filters} filter={filter} onChange={change} />
            </FilterRow>
          )}
        </FilterBar>
      )}
      {start.error && (
        <Notice tone="bad" title={selectionTexts.refused} actions={<IconButton icon={CloseIcon} label={selectionTexts.dismiss} onClick={start.dismiss} />}>
          {toApiError(start.error).detail}
        </Notice>
      )}
      {query.data?.search_capped && (
        <Notice title={stopped.title(noun.other)}>
          {stopped.hint}
        </Notice>
      )}
      <ListView
        query={query}
        noun={noun.other}
        isFiltered={isNarrowed}
        onClear={clear}
        search={{ words: filter.q, searched, hasFilters: isFiltered({ ...filter, q: undefined }) }}
        cursor={filter.cursor}
        onPlace={({ page, cursor }) => change({ page, cursor })}
        empty={empty}
        skeleton={<DataTableSkeleton columns={shown} rows={8} hasSelection={bulk !== undefined} />}
      >
        {(rows, isBusy) => (
          <div ref={table}>
            <DataTable label={label} columns={shown} rows={rows} rowKey={rowKey} rowLink={rowLink} sorting={sorting} selection={bulk && selection} isBusy={isBusy} />
          </div>
        )}
      </ListView>
      {bulk && (
        <>
          <SelectionBar
            chosen={chosen}
            whole={whole}
            isWhole={isWhole}
            actions={bulk.actions}
            isBusy={start.isPending}
            onWhole={chooseWhole}
            onAct={({ kind }, possible) => start.of(kind, isWhole ? { filter: bulkFilter(bulk.filter ?? filter) } : { ids: possible.map(rowKey) })}
            onClear={dropSelection}
          />
          <p role="status" className="sr-only">
            {isWhole && whole ? selectionTexts.wholeSelected(whole) : news}
          </p>
        </>
      )}
    </div>
  );
}
