import { getDashboardQueryKey, getSystemQueryKey } from "@/api/generated/@tanstack/react-query.gen";
import type { TopicReads } from "@/lib/live/use-live";
import { every, overviews, type ReadKey } from "@/lib/refresh";

/** Names what shows messages that were given up, or taken up again. */
export const systemTopics = {
  system: () => [getSystemQueryKey(), every("listDeadLetters"), getDashboardQueryKey()],
} satisfies TopicReads;

/** Names what another try of a message changes. */
export function changedByRevival(): readonly ReadKey[] {
  return [...systemTopics.system(), ...overviews()];
}
