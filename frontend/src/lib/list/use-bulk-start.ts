import { useMutation } from "@tanstack/react-query";
import type { BulkKind, NewBulkOperation } from "@/api/generated";
import { startBulkOperationMutation } from "@/api/generated/@tanstack/react-query.gen";
import { every, useRefresh } from "@/lib/refresh";

/** Gives the way to have something done to many rows: the server does it, and the frame shows how far it is. */
export function useBulkStart(onStarted: () => void) {
  const refresh = useRefresh();
  const start = useMutation({
    ...startBulkOperationMutation(),
    onSuccess: () => {
      onStarted();
      return refresh([every("listBulkOperations")]);
    },
  });
  return {
    of: (kind: BulkKind, what: Pick<NewBulkOperation, "ids" | "filter">) => start.mutate({ body: { kind, ...what } }),
    isPending: start.isPending,
    error: start.error,
    dismiss: start.reset,
  };
}
