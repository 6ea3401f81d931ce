import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "./problem";

const RETRIES = 2;
/** Longer than this nobody looks at a page that loads: they are told, and may press. */
const PATIENCE_SECONDS = 30;
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

/** A refusal does not change by asking again; a passing failure may, and "not now" does at the time that it names. */
function isWorthAnotherTry(failures: number, error: unknown): boolean {
  if (failures >= RETRIES || !(error instanceof ApiError) || !error.isPassing) return false;
  const wait = error.retryAfterSeconds;
  return wait === undefined ? error.status !== 429 : wait <= PATIENCE_SECONDS;
}

function delayBefore(attempt: number, error: unknown): number {
  const wait = error instanceof ApiError ? error.retryAfterSeconds : undefined;
  return wait === undefined ? 1_000 * 2 ** attempt : 1_000 * wait + SPREAD_MS * Math.random();
}
