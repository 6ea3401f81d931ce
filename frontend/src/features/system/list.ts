import type { ListDeadLettersData } from "@/api/generated";
import { bothWays, readListFilter, type ListFilter, type ListKind, type SortOf } from "@/lib/list/address";
import { textParam } from "@/lib/search-params";

export type LetterSort = SortOf<ListDeadLettersData>;
const SORTS: readonly LetterSort[] = bothWays("dead_at", "created_at");

export interface LetterFilter extends ListFilter<never, LetterSort> {
  consumer?: string | undefined;
}

const KIND: ListKind<never, LetterSort> = { sorts: SORTS, takes: [] };

/** Reads the filter of the undelivered messages from the address. */
export function readLetterFilter(search: Record<string, unknown>): LetterFilter {
  return { ...readListFilter(search, KIND), consumer: textParam(search.consumer) };
}
