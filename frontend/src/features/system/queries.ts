import { keepPreviousData } from "@tanstack/react-query";
import { getSystemOptions, listDeadLettersOptions } from "@/api/generated/@tanstack/react-query.gen";
import { listQuery } from "@/lib/list/address";
import type { LetterFilter } from "./list";

/** How often an open page asks again. */
const REFRESH_MS = 10_000;

/** How to ask what runs and what waits. */
export function systemOptions() {
  return { ...getSystemOptions(), refetchInterval: REFRESH_MS };
}

/** After an outage there are many: so many on a page that few must be turned. */
const LETTERS_PER_PAGE = 100;

/** How to ask for a page of the messages that were given up. */
export function deadLettersOptions(filter: LetterFilter) {
  return { ...listDeadLettersOptions({ query: { ...listQuery(filter), limit: LETTERS_PER_PAGE } }), refetchInterval: REFRESH_MS, placeholderData: keepPreviousData };
}
