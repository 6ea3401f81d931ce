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
  try {
    const token = await endHere(queryClient);
    if (token === null) return;
    const fetch = createTransport({ current: () => Promise.resolve(token), renew: () => Promise.resolve(null) });
    await logout({ body: {}, fetch, throwOnError: true });
  } finally {
    queryClient.clear();
  }
}

/** Lets this browser ask for nothing more in the session, and gives the token by which the server is told. */
async function endHere(queryClient: QueryClient): Promise<string | null> {
  try {
    const token = await session.ensure();
    // What is on its way would be refused, which shows as an error in the browser's console.
    await queryClient.cancelQueries();
    return token;
  } finally {
    markSignedIn(false);
    markReader(null);
    session.end();
    forgetWorkOfOthers(null);
    // The app forgets them when a session ends, but a viewing link is read outside of it.
    forgetRecentRecords();
  }
}
