import type { QueryClient } from "@tanstack/react-query";
import { login, logout, type LoginData } from "@/api/generated";
import { forgetWorkOfOthers } from "@/lib/kept-work/kept-work";
import { forgetRecentRecords } from "@/lib/recent-records";
import { accessToken, session } from "@/lib/session";
import { meOptions } from "@/lib/session/me";
import { markSignedIn } from "@/lib/session/signed-in-mark";
import { forgetRegistered } from "./registered-address";

/** Signs a person in and learns who it is. */
export async function signIn(body: LoginData["body"], queryClient: QueryClient): Promise<void> {
  const { data } = await login({ body, throwOnError: true });
  // What another person may have left in memory goes first.
  queryClient.clear();
  session.open(accessToken(data));
  markSignedIn(true);
  forgetRegistered();
  await queryClient.query(meOptions());
}

/** Ends the session, on the server as far as it can be reached, and here in any case. */
export async function signOut(queryClient: QueryClient): Promise<void> {
  try {
    if (await session.ensure()) await logout({ body: {}, throwOnError: true });
  } finally {
    markSignedIn(false);
    session.end();
    forgetWorkOfOthers(null);
    // The app forgets them when a session ends, but a viewing link is read outside of it.
    forgetRecentRecords();
    queryClient.clear();
  }
}
