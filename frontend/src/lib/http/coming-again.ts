import { toApiError, type ApiError } from "@/lib/problem";

/** A request that was refused for the moment, and is sent again by itself. */
export interface ComingAgain {
  refusal: ApiError;
  /** When it is sent again, in milliseconds since the epoch. */
  at: number;
}

/** Nobody is kept waiting for longer without being asked: they are told when they may press again. */
const PATIENCE_SECONDS = 10;
/** The server did nothing, and says that the same may be done soon. */
const NOT_NOW = new Set([425, 429]);
/** The first request under the key is under way, or may have done it: only what carries a key is sent again. */
const PERHAPS_DONE = new Set([409, 503]);

const coming = new Map<ComingAgain, (isTime: boolean) => void>();
const listeners = new Set<() => void>();
let first: ComingAgain | undefined;

/** Waits for as long as a refusal says, if that is a moment; gives whether it is time to send the request again, once. */
export async function comeAgain(answer: Response, hasKey: boolean): Promise<boolean> {
  const seconds = Number(answer.headers.get("Retry-After"));
  const mayBeSent = NOT_NOW.has(answer.status) || (hasKey && PERHAPS_DONE.has(answer.status));
  if (!mayBeSent || !(seconds > 0 && seconds <= PATIENCE_SECONDS)) return false;
  const body: unknown = await answer.clone().json().catch(() => undefined);
  const wait: ComingAgain = { refusal: toApiError(body, answer), at: Date.now() + seconds * 1000 };
  return new Promise((resolve) => {
    const timer = setTimeout(() => settle(true), seconds * 1000);
    function settle(isTime: boolean) {
      clearTimeout(timer);
      coming.delete(wait);
      changed();
      resolve(isTime);
    }
    coming.set(wait, settle);
    changed();
  });
}

/** Sends nothing again by itself that is waiting now: whoever began it went away. */
export function dropComingAgain(): void {
  for (const settle of [...coming.values()]) settle(false);
}

/** Gives what is waiting to be sent again; the first, where it is more than one. */
export function comingAgain(): ComingAgain | undefined {
  return first;
}

/** Calls back when that changes; gives the way to stop that. */
export function onComingAgain(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function changed(): void {
  [first] = coming.keys();
  for (const listener of listeners) listener();
}
