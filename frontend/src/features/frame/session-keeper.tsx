import { useQueryClient } from "@tanstack/react-query";
import { useBlocker, useRouter } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useRef } from "react";
import { forgetWorkOfOthers } from "@/lib/kept-work/kept-work";
import { forgetRecentRecords } from "@/lib/recent-records";
import { session } from "@/lib/session";
import { markReader } from "@/lib/session/last-reader";
import { meOptions } from "@/lib/session/me";
import { useStanding } from "@/lib/session/use-standing";
import { openPalette } from "./palette-key";

const SignInAgain = lazy(() => import("./sign-in-again"));

/**
 * Watches the end of a session beside a person's pages. Where the server ended it, they sign in again above the page, and
 * what was being saved goes on; where they signed out, it leads away.
 */
export default function SessionKeeper() {
  const isLapsed = useStanding() === "LAPSED";
  const leave = useLeaveWhenEnded();
  // Going back would lead to a page that cannot be loaded, and away from what was typed.
  useBlocker({ shouldBlockFn: () => true, enableBeforeUnload: false, disabled: !isLapsed });
  if (!isLapsed) return null;
  return (
    <Suspense>
      <SignInAgain reason={session.reason} onLeave={leave} />
    </Suspense>
  );
}

/** Leads to the sign-in when the session ends for good, here or in another tab, and leaves nothing of it in memory. Gives the way to end it so. */
function useLeaveWhenEnded(): () => void {
  const router = useRouter();
  const queryClient = useQueryClient();
  const isLeft = useRef(false);
  useEffect(
    () =>
      session.onEnd(() => {
        forgetRecentRecords();
        openPalette(false);
        const { href, pathname } = router.state.location;
        // Who signs out goes by themselves, and does not want to come back to that.
        if (pathname === "/logout") return;
        const email = queryClient.getQueryData(meOptions().queryKey)?.email;
        const target = isLeft.current ? { search: {} } : { search: { next: href, ended: true } as const, state: { email } };
        // What was being typed is kept; a question whether to leave would hold up a page that can do nothing any more.
        void router.navigate({ to: "/login", ...target, ignoreBlocker: true }).then(() => queryClient.clear());
      }),
    [router, queryClient],
  );
  return () => {
    isLeft.current = true;
    markReader(null);
    session.leave();
    // Somebody else goes on here.
    forgetWorkOfOthers(null);
  };
}
