import { onlineManager } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";

/** Says whether the network is there, and follows it. */
export function useIsOnline(): boolean {
  return useSyncExternalStore(
    (changed) => onlineManager.subscribe(changed),
    () => onlineManager.isOnline(),
  );
}
