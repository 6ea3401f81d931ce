import { pageParam, textParam, wordParam } from "./search-params";

/** What the address of a list holds. */
export interface ListFilter<Status extends string> {
  q?: string | undefined;
  status?: Status | undefined;
  page?: number | undefined;
}

/** Reads a list's filter from the address; what it does not know is left out. */
export function readListFilter<Status extends string>(search: Record<string, unknown>, statuses: readonly Status[]): ListFilter<Status> {
  return { q: textParam(search.q), status: wordParam(search.status, statuses), page: pageParam(search.page) };
}
