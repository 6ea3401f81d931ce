import { useQueryClient, type QueryClient } from "@tanstack/react-query";
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
  return (changed) => askAgain(queryClient, changed);
}

/** Asks again for what was changed, as far as a page shows it; the rest is asked for when a page does. */
export async function askAgain(queryClient: QueryClient, changed: readonly ReadKey[] | "everything"): Promise<void> {
  if (changed === "everything") await queryClient.invalidateQueries();
  else await Promise.all(changed.map((queryKey) => queryClient.invalidateQueries({ queryKey })));
}
