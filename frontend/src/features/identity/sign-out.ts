import type { QueryClient } from "@tanstack/react-query";
import { logout } from "@/api/generated";
import { createTransport } from "@/lib/http/transport";
import { forgetWorkOfOthers } from "@/lib/kept-work/kept-work";
import { isStatus } from "@/lib/problem";
import { forgetRecentRecords } from "@/lib/recent-records";
import { session, tellSignedOut } from "@/lib/session";
import { markReader } from "@/lib/session/last-reader";
import { markLeaving, markSignedIn } from "@/lib/session/signed-in-mark";

/** How long the server may take: whoever signs out waits for it. */
const TELL_MS = 10_000;

/** Ends the session here and in the other tabs, then on the server. Throws when it cannot be told; it is told before anybody goes on. */
export async function signOut(queryClient: QueryClient): Promise<void> {
  // Where none can be had the cookie has to do; where nobody is signed in nothing has to be told.
  const token = await session.ensure().catch(() => undefined);
  // What is on its way would be refused, which shows as an error in the browser's console.
  await queryClient.cancelQueries();
  markLeaving(true);
  try {
    const told = session.signOut(() => tellServer(token));
    forget();
    await told;
  } finally {
    queryClient.clear();
  }
}

/** Leaves the next one at this tab nothing, what the end of the session kept of a form included. */
function forget(): void {
  markSignedIn(false);
  markReader(null);
  forgetWorkOfOthers(null);
  // The app forgets them when a session ends, but a viewing link is read outside of it.
  forgetRecentRecords();
}

/** Tells the server by the token that was held, since the page has forgotten it, or by the cookie. */
async function tellServer(token: string | null | undefined): Promise<void> {
  if (token === undefined) return tellSignedOut();
  if (token === null) {
    markLeaving(false);
    return;
  }
  const fetch = createTransport({ current: () => Promise.resolve(token), renew: () => Promise.resolve(null) });
  try {
    // It outlives the page, which whoever signs out may close.
    await logout({ body: {}, fetch, keepalive: true, signal: AbortSignal.timeout(TELL_MS), throwOnError: true });
    markLeaving(false);
  } catch (error) {
    if (!isStatus(error, 401)) throw error;
    await tellSignedOut();
  }
}
