import { useState } from "react";
import type { ApiError } from "@/lib/problem";
import { Copyable } from "@/ui/primitives/copyable";
import { Countdown } from "./countdown";
import { failure as texts } from "./texts";

/** Says what follows a failure: when to come back, and the id that support asks for. */
export function Aftermath({ failure: { retryAfterSeconds: seconds, requestId, status } }: { failure: ApiError }) {
  const [at] = useState(() => Date.now() + (seconds ?? 0) * 1000);
  return (
    <>
      {seconds !== undefined && <Countdown at={at} isByItself={false} />}
      {status >= 500 && requestId && <Copyable value={requestId} label={texts.requestId} className="mt-1" />}
    </>
  );
}

/** Whether anything follows. */
export function hasAftermath({ retryAfterSeconds, requestId, status }: ApiError): boolean {
  return retryAfterSeconds !== undefined || (status >= 500 && requestId !== undefined);
}
