import { onlineManager } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useState } from "react";
import { Countdown } from "./countdown";

/** Where the server names no time. */
const USUAL_SECONDS = 10;
/** Pages that failed at one moment come back over this time, not at one moment again. */
const SPREAD_SECONDS = 5;

/** Counts down to the moment when a page that could not be had is asked for again; at once when the network is back. */
export function RetrySoon({ seconds = USUAL_SECONDS, onRetry }: { seconds?: number | undefined; onRetry: () => void }) {
  const [at] = useState(() => Date.now() + (seconds + SPREAD_SECONDS * Math.random()) * 1000);
  const retry = useEffectEvent(onRetry);
  useEffect(() => {
    const timer = setTimeout(() => retry(), at - Date.now());
    const stop = onlineManager.subscribe((isOnline) => {
      if (isOnline) retry();
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [at]);
  return <Countdown at={at} isByItself />;
}
