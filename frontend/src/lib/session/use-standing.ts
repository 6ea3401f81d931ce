import { useSyncExternalStore } from "react";
import { session } from ".";
import type { Standing } from "./session";

/** Says how the page stands to its session, and follows it. */
export function useStanding(): Standing {
  return useSyncExternalStore(
    (changed) => session.onStanding(changed),
    () => session.standing,
  );
}
