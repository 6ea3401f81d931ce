import type { QueryClient, QueryKey, UseInfiniteQueryOptions, UseQueryOptions } from "@tanstack/react-query";

/** Begins to load what a page will show, without holding the page back; the page tells when it fails. */
export function warm<Data, Failure, Key extends QueryKey>(queryClient: QueryClient, options: UseQueryOptions<Data, Failure, Data, Key>): void {
  queryClient.query(options as never).catch(() => undefined);
}

/** Begins to load the first page of what is shown in steps. */
export function warmPages<Data, Failure, Shown, Key extends QueryKey, Param>(queryClient: QueryClient, options: UseInfiniteQueryOptions<Data, Failure, Shown, Key, Param>): void {
  queryClient.infiniteQuery(options as never).catch(() => undefined);
}
