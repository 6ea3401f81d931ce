import { useQueryClient } from "@tanstack/react-query";
import type * as sdk from "@/api/generated";
import { getDashboardQueryKey } from "@/api/generated/@tanstack/react-query.gen";

/** A key as the generated functions make it: the operation, and which of its answers. */
export type ReadKey = readonly [{ readonly _id: string }];

/** Means every answer of an operation, whatever it was asked about. */
export function every(operation: keyof typeof sdk): ReadKey {
  return [{ _id: operation }];
}

/** Names what tells of almost every act. */
export function overviews(): readonly ReadKey[] {
  return [getDashboardQueryKey(), every("listAuditEvents")];
}

/** Gives the way to ask again for what an act has changed, and for nothing else; it ends when what is on the page is there. */
export function useRefresh(): (changed: readonly ReadKey[]) => Promise<void> {
  const queryClient = useQueryClient();
  return async (changed) => {
    await Promise.all(changed.map((queryKey) => queryClient.invalidateQueries({ queryKey })));
  };
}
