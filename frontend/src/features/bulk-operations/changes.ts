import type { TopicReads } from "@/lib/live/use-live";
import { every, type ReadKey } from "@/lib/refresh";

/** Names what shows the reader's bulk operations; of others' the stream tells, too, and nothing here shows them. */
export function bulkTopics(readerId: string) {
  return { bulk_operations: ({ id }) => (id === readerId ? changedByBulkOperation() : []) } satisfies TopicReads;
}

/** Names what an operation that begins, goes on or ends changes. */
export function changedByBulkOperation(): readonly ReadKey[] {
  return [every("listBulkOperations")];
}
