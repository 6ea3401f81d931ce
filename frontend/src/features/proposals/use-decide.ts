import type { ProposalOut } from "@/api/generated";
import { isStatus } from "@/lib/problem";
import { useRefresh } from "@/lib/refresh";
import { changedByStep } from "./changes";

/**
 * Gives the way to send a decision on a proposal. The page then shows how the proposal is now, also where the server refused since
 * somebody was quicker: a page that still offered the decision would only be refused again.
 */
export function useDecide(proposal: Pick<ProposalOut, "id" | "project_id">): (send: () => Promise<unknown>) => Promise<void> {
  const refresh = useRefresh();
  return async (send) => {
    try {
      await send();
    } catch (error) {
      if (isStatus(error, 409)) await refresh(changedByStep(proposal));
      throw error;
    }
    await refresh(changedByStep(proposal));
  };
}
