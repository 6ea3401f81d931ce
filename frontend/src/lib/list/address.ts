import { beginningOf, daysLater } from "@/lib/day";
import { dayParam, pageParam, textParam, wordParam } from "@/lib/search-params";
import { readersZone } from "@/ui/patterns/relative-time-format";

/** What the address of a list holds. */
export interface ListFilter<Status extends string = string, Sort extends string = string> {
  q?: string | undefined;
  status?: Status | undefined;
  org_id?: string | undefined;
  /** The first and the last day, as the reader writes them. */
  from?: string | undefined;
  to?: string | undefined;
  sort?: Sort | undefined;
  page?: number | undefined;
  /** Where to go on in a list that is not counted. */
  cursor?: string | undefined;
  /** The columns that are not shown: "code,created". */
  hide?: string | undefined;
}

/** What a list can be narrowed and sorted by. */
export interface ListKind<Status extends string, Sort extends string> {
  sorts: readonly Sort[];
  statuses?: readonly Status[];
  takes: readonly ("q" | "org_id" | "days")[];
}

/** The orders that an operation takes, as its parameters say. */
export type SortOf<Operation extends { query?: { sort?: string } }> = NonNullable<NonNullable<Operation["query"]>["sort"]>;

/** Gives both orders of each key: "title" and "-title". */
export function bothWays<Key extends string>(...keys: readonly Key[]): readonly (Key | `-${Key}`)[] {
  return keys.flatMap((key) => [key, `-${key}` as const]);
}

/** Reads a list's filter from the address; what it does not know is left out. */
export function readListFilter<Status extends string = never, Sort extends string = never>(search: Record<string, unknown>, { sorts, statuses = [], takes }: ListKind<Status, Sort>): ListFilter<Status, Sort> {
  const cursor = textParam(search.cursor);
  return {
    q: takes.includes("q") ? textParam(search.q) : undefined,
    status: wordParam(search.status, statuses),
    org_id: takes.includes("org_id") ? idParam(search.org_id) : undefined,
    from: takes.includes("days") ? dayParam(search.from) : undefined,
    to: takes.includes("days") ? dayParam(search.to) : undefined,
    sort: wordParam(search.sort, sorts),
    page: cursor ? undefined : pageParam(search.page),
    cursor,
    hide: textParam(search.hide),
  };
}

/** Reads an id from the address. */
export function idParam(value: unknown): string | undefined {
  return typeof value === "string" && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value) ? value : undefined;
}

// What an address holds beside the filter: another value of these shows other rows of the same list, or the same rows otherwise.
const BESIDE = new Set(["sort", "page", "cursor", "hide", "tab", "event"]);

/** Gives the filter alone, without order, page and look. */
export function filterOnly<Filter extends object>(filter: Filter): Partial<Filter> {
  return Object.fromEntries(Object.entries(filter).filter(([key, value]) => !BESIDE.has(key) && value !== undefined)) as Partial<Filter>;
}

/** Says whether an address leaves anything out. */
export function isFiltered(filter: object): boolean {
  return Object.keys(filterOnly(filter)).length > 0;
}

/** Gives an address without its filter: the order and the look stay. */
export function cleared({ sort, hide }: ListFilter): Pick<ListFilter, "sort" | "hide"> {
  return { ...(sort && { sort }), ...(hide && { hide }) };
}

/** Gives the operation's query of an address: days begin and end where the reader is, and hidden columns are nobody else's business. */
export function listQuery<Filter extends Omit<ListFilter, "status" | "sort">>(filter: Filter): Omit<Filter, "hide"> {
  const query = { ...filter };
  delete query.hide;
  if (filter.from) query.from = beginningOf(filter.from, readersZone()).toISOString();
  if (filter.to) query.to = beginningOf(daysLater(filter.to, 1), readersZone()).toISOString();
  return query;
}

/** Gives the query of the file with all of a list's rows: the same rows in the same order, without pages. */
export function exportQuery<Filter extends Omit<ListFilter, "status" | "sort">>({ ...filter }: Filter): Omit<Filter, "hide"> {
  delete filter.page;
  delete filter.cursor;
  return listQuery(filter);
}

/** Gives the filter as a bulk operation takes it: what the list asks its operation, without order and pages, as texts. */
export function bulkFilter(filter: Omit<ListFilter, "status" | "sort">): Record<string, string> {
  return Object.fromEntries(Object.entries(listQuery(filterOnly(filter))).map(([key, value]) => [key, String(value)]));
}
