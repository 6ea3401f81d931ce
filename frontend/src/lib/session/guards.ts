import { redirect, type ParsedLocation } from "@tanstack/react-router";
import type { MeOut as Me } from "@/api/generated";
import { isStatus } from "@/lib/problem";
import type { RouteContext } from "@/lib/route-context";
import { session } from ".";
import { meOptions } from "./me";
import { isProbablySignedIn } from "./signed-in-mark";

/** Asks for a session before a page; without one, leads to the sign-in and back. */
export async function requireSession({ context, location }: { context: RouteContext; location: ParsedLocation }): Promise<Me> {
  const toLogin = () => redirect({ to: "/login", search: { next: location.href } });
  if (!(await session.ensure())) throw toLogin();
  try {
    return await context.queryClient.query(meOptions());
  } catch (error) {
    if (isStatus(error, 401)) throw toLogin();
    throw error;
  }
}

/** Gives who is reading a public page, where this browser has a session; never leads away. */
export async function optionalSession({ context }: { context: RouteContext }): Promise<Me | null> {
  if (!session.isOpen && !isProbablySignedIn()) return null;
  try {
    if (!(await session.ensure())) return null;
    return await context.queryClient.query(meOptions());
  } catch {
    // A public page stands on its own; the server will say so again where it matters.
    return null;
  }
}

/** Gives the first step of onboarding that is still to be done; null when the app is open. */
export function openStep(me: Me): string | null {
  if (me.onboarding.completed) return null;
  return me.onboarding.steps.find((step) => step.completed_at === null)?.name.toLowerCase() ?? null;
}
