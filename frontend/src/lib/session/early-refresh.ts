import { bareTransport } from "@/lib/http/bare-transport";
import { visitorPage } from "@/lib/visitor-pages";
import type { AccessToken } from "./session";
import { SESSION_LOCK } from "./session-lock";
import { isLeaving, isProbablySignedIn } from "./signed-in-mark";

interface Early {
  answer: Response;
  /** When it came, in milliseconds since the epoch. */
  at: number;
}

declare global {
  interface Window {
    /** What the page's own script asked for before the files were there. */
    capecontrolRefresh?: Promise<Early | null> | undefined;
  }
}

/** A refusal is believed for so long: later, somebody may have signed in. */
const REFUSAL_LASTS_MS = 10_000;
/** A token is worth taking that lasts at least so long. */
const LEFT_MS = 60_000;

/**
 * Asks for a session while the page's files are still on their way. Only where this browser probably has one, and only
 * if no other tab is renewing its own: a refresh token is good for one use.
 */
export function startRefresh(path: string): void {
  if (path === "/" || visitorPage(path)?.isOpen || !isProbablySignedIn() || isLeaving() || !("locks" in navigator)) return;
  window.capecontrolRefresh = navigator.locks.request(SESSION_LOCK, { ifAvailable: true }, async (lock) => (lock ? ask() : null)).catch(() => null);
}

/**
 * Gives what was asked for early, once: a token, or null where the session has ended. Undefined where it tells nothing
 * for certain; then the session asks for itself.
 */
export async function takeEarlyRefresh(now: () => number): Promise<AccessToken | null | undefined> {
  const early = await window.capecontrolRefresh;
  window.capecontrolRefresh = undefined;
  // Without the mark somebody has signed out meanwhile, in another tab.
  if (!early || !isProbablySignedIn()) return undefined;
  if (early.answer.status === 401) return now() - early.at < REFUSAL_LASTS_MS ? null : undefined;
  if (!early.answer.ok) return undefined;
  const { access_token: value, expires_in: seconds } = (await early.answer.json()) as { access_token: string; expires_in: number };
  const expiresAt = early.at + seconds * 1000;
  return expiresAt - now() > LEFT_MS ? { value, expiresAt } : undefined;
}

async function ask(): Promise<Early> {
  // It outlives the page: were it dropped by a quick reload, the browser would keep a token that is used up.
  const answer = await bareTransport(new URL("/api/auth/refresh", window.location.origin), { method: "POST", headers: { "Content-Type": "application/json" }, body: "{}", keepalive: true });
  return { answer, at: Date.now() };
}
