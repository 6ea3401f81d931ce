import { redirect, type ParsedLocation } from "@tanstack/react-router";
import type { MeOut as Me } from "@/api/generated";
import { forgetWorkOfOthers } from "@/lib/kept-work/kept-work";
import { isStatus } from "@/lib/problem";
import type { RouteContext } from "@/lib/route-context";
import { session } from ".";
import { lastReader, markReader } from "./last-reader";
import { meOptions, writeFor } from "./me";
import { isProbablySignedIn } from "./signed-in-mark";

interface Asked {
  context: RouteContext;
  location: ParsedLocation;
}

/** Asks for a session before a page; without one, leads to the sign-in and back. */
export async function requireSession({ location }: Pick<Asked, "location">): Promise<void> {
  const reader = lastReader();
  if (!(await session.ensure())) throw toLogin(location, reader);
}

/** Asks who is reading, where there is a session; leads to the sign-in where the server knows of none. */
export async function requireMe({ context, location }: Asked): Promise<Me> {
  try {
    return recognized(await context.queryClient.query(meOptions()));
  } catch (error) {
    if (isStatus(error, 401)) throw toLogin(location, lastReader());
    throw error;
  }
}

/** Gives who is reading a public page, where this browser has a session; never leads away. */
export async function optionalSession({ context }: Pick<Asked, "context">): Promise<Me | null> {
  if (!session.isOpen && !isProbablySignedIn()) return null;
  try {
    if (!(await session.ensure())) return null;
    return recognized(await context.queryClient.query(meOptions()));
  } catch {
    // A public page stands on its own; the server will say so again where it matters.
    return null;
  }
}

/** Tells the page who reads it, and leaves them nothing of whoever read it before. */
function recognized(me: Me): Me {
  forgetWorkOfOthers(me.id);
  markReader(me.email);
  writeFor(me);
  return me;
}

/** Gives the first step of onboarding that is still to be done; null when the app is open. */
export function openStep(me: Me): string | null {
  if (me.onboarding.completed) return null;
  return me.onboarding.steps.find((step) => step.completed_at === null)?.name.toLowerCase() ?? null;
}

/** Whoever was signed in here until now is told that they were signed out, and need not enter their address again. */
function toLogin(location: ParsedLocation, reader: string | undefined) {
  return redirect({ to: "/login", search: { next: location.href, ...(reader ? { ended: true } : {}) }, state: { email: reader } });
}
