import type { QueryClient } from "@tanstack/react-query";
import { logout } from "@/api/generated";
import { forgetWorkOfOthers } from "@/lib/kept-work/kept-work";
import { forgetRecentRecords } from "@/lib/recent-records";
import { session } from "@/lib/session";
import { markReader } from "@/lib/session/last-reader";
import { markSignedIn } from "@/lib/session/signed-in-mark";

/** Ends the session, on the server as far as it can be reached, and here in any case. */
export async function signOut(queryClient: QueryClient): Promise<void> {
  try {
    if (await session.ensure()) await logout({ body: {}, throwOnError: true });
  } finally {
    markSignedIn(false);
    markReader(null);
    session.end();
    forgetWorkOfOthers(null);
    // The app forgets them when a session ends, but a viewing link is read outside of it.
    forgetRecentRecords();
    queryClient.clear();
  }
}
