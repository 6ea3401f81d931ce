import { useEffect, useEffectEvent, useSyncExternalStore } from "react";
import { comingAgain, dropComingAgain, onComingAgain, type ComingAgain } from "@/lib/http/coming-again";

/** Gives what a form or button that is at work waits for. Closing it calls that off: nothing is done behind the back of whoever went away. */
export function useComingAgain(isAtWork: boolean): ComingAgain | undefined {
  const found = useSyncExternalStore(onComingAgain, comingAgain);
  const waiting = isAtWork ? found : undefined;
  const onGone = useEffectEvent(() => {
    if (waiting) dropComingAgain();
  });
  useEffect(() => () => onGone(), []);
  return waiting;
}
