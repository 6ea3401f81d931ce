import { getSystemQueryKey } from "@/api/generated/@tanstack/react-query.gen";
import { every, overviews, type ReadKey } from "@/lib/refresh";

/** Names what another try of a message changes. */
export function changedByRevival(): readonly ReadKey[] {
  return [getSystemQueryKey(), every("listDeadLetters"), ...overviews()];
}
