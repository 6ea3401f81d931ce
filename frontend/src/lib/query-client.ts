import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "./problem";

/** How often is asked again where the server names no time. */
const RETRIES = 2;
/** A page waits for a time that the server names once, and not for a longer one: else the reader is told, and may press. */
const PATIENCE_SECONDS = 10;
/** Pages that were refused at one moment come back over this time, not at one moment again. */
const SPREAD_MS = 1_000;

/** Makes the store of what the server said. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: 5_000, retry: isWorthAnotherTry, retryDelay: delayBefore },
      mutations: { retry: false },
    },
  });
}

/** A refusal does not change by asking again; a passing failure may, and "not now" may at the time that it names. */
function isWorthAnotherTry(failures: number, error: unknown): boolean {
  if (!(error instanceof ApiError) || !error.isPassing) return false;
  const wait = error.retryAfterSeconds;
  if (wait === undefined) return failures < RETRIES && error.status !== 429;
  return failures === 0 && wait <= PATIENCE_SECONDS;
}

function delayBefore(attempt: number, error: unknown): number {
  const wait = error instanceof ApiError ? error.retryAfterSeconds : undefined;
  return wait === undefined ? 1_000 * 2 ** attempt : 1_000 * wait + SPREAD_MS * Math.random();
}
