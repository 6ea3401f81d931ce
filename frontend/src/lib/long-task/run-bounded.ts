import { toApiError, type ApiError } from "@/lib/problem";

/** As many at once as a browser sends beside what the page itself asks for. */
const AT_ONCE = 4;
/** Who asks for many is asked to slow down now and then: the wait that the server names is kept, a few times. */
const WAITS = 3;
const PATIENCE_SECONDS = 60;

/** Does one thing after another, a few at once, and tells the end of each; what is stopped finishes only what is under way. */
export async function runBounded<Item>(items: readonly Item[], work: (item: Item) => Promise<unknown>, onEnd: (item: Item, error?: ApiError) => void, signal: AbortSignal): Promise<void> {
  const waiting = items.values();
  async function take(): Promise<void> {
    for (const item of waiting) {
      if (signal.aborted) return;
      onEnd(item, await attempt(() => work(item), signal));
    }
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, take));
}

async function attempt(work: () => Promise<unknown>, signal: AbortSignal, waits = WAITS): Promise<ApiError | undefined> {
  try {
    await work();
    return undefined;
  } catch (caught) {
    const error = toApiError(caught);
    const seconds = error.status === 429 ? error.retryAfterSeconds : undefined;
    if (seconds === undefined || seconds > PATIENCE_SECONDS || waits === 0 || signal.aborted) return error;
    const isStopped = await pause(seconds, signal);
    return isStopped ? error : attempt(work, signal, waits - 1);
  }
}

/** Waits; says whether it was stopped before its time. */
function pause(seconds: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(end, 1_000 * seconds);
    signal.addEventListener("abort", end, { once: true });
    function end() {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve(signal.aborted);
    }
  });
}
