import type { QueryClient } from "@tanstack/react-query";
import { logout } from "@/api/generated";
import { createTransport } from "@/lib/http/transport";
import { forgetWorkOfOthers } from "@/lib/kept-work/kept-work";
import { forgetRecentRecords } from "@/lib/recent-records";
import { session } from "@/lib/session";
import { markReader } from "@/lib/session/last-reader";
import { markSignedIn } from "@/lib/session/signed-in-mark";

/** Ends the session here and in the other tabs, then on the server as far as it can be reached. */
export async function signOut(queryClient: QueryClient): Promise<void> {
  // Without a token the server cannot be told; here the session is over all the same.
  const token = await session.ensure().catch(() => null);
  // What is on its way would be refused, which shows as an error in the browser's console.
  await queryClient.cancelQueries();
  try {
    const told = session.signOut(() => (token === null ? Promise.resolve() : tellServer(token)));
    forget();
    await told;
  } finally {
    queryClient.clear();
  }
}

/** Leaves the next one at this browser nothing, what the end of the session kept of a form included. */
function forget(): void {
  markSignedIn(false);
  markReader(null);
  forgetWorkOfOthers(null);
  // The app forgets them when a session ends, but a viewing link is read outside of it.
  forgetRecentRecords();
}

/** Tells the server by the token that was held: the page has forgotten it. */
async function tellServer(token: string): Promise<void> {
  const fetch = createTransport({ current: () => Promise.resolve(token), renew: () => Promise.resolve(null) });
  await logout({ body: {}, fetch, throwOnError: true });
}
