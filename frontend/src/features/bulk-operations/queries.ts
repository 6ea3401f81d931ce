import type { BulkOperationOut, BulkState } from "@/api/generated";
import { listBulkOperationsOptions } from "@/api/generated/@tanstack/react-query.gen";

/** As many are looked at; a person has one of each kind at a time. */
const NEWEST = 10;
/** How often it is asked how far they are, should the stream of changes be away. */
const LOOK_MS = 10_000;
const ACTIVE: readonly BulkState[] = ["QUEUED", "RUNNING"];

/** How to ask how far the reader's bulk operations are. */
export function bulkOperationsOptions() {
  return {
    ...listBulkOperationsOptions({ query: { limit: NEWEST, total: false } }),
    refetchInterval: ({ state }: { state: { data?: { items: BulkOperationOut[] } | undefined } }) => (state.data?.items.some(isActive) ? LOOK_MS : (false as const)),
  };
}

/** Says whether an operation goes on. */
export function isActive({ state }: Pick<BulkOperationOut, "state">): boolean {
  return ACTIVE.includes(state);
}
