import { useEffect, useState } from "react";
import { failure as texts } from "./texts";

/** Counts down to the moment when a request is sent again, or when it may be. Read out once with what stands around it, not at every second. */
export function Countdown({ at, isByItself }: { at: number; isByItself: boolean }) {
  const [now, setNow] = useState(() => Date.now());
  const seconds = Math.max(0, Math.ceil((at - now) / 1000));
  const isOver = seconds === 0;
  useEffect(() => {
    if (isOver) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [isOver]);
  return (
    <span role="timer" aria-live="off" className="tabular-nums">
      {isByItself ? texts.byItself(seconds) : texts.byHand(seconds)}
    </span>
  );
}
