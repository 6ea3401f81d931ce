import type { QueryClient, QueryKey, UseQueryOptions } from "@tanstack/react-query";

/** Begins to load what a page will show, without holding the page back; the page tells when it fails. */
export function warm<Data, Failure, Key extends QueryKey>(queryClient: QueryClient, options: UseQueryOptions<Data, Failure, Data, Key>): void {
  queryClient.query(options as never).catch(() => undefined);
}
