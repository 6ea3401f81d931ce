import { recall, remember } from "@/lib/browser-memory";

const NAME = "registered-address";
/** As long as the link in the e-mail is worth anything. */
const LASTS_MS = 24 * 60 * 60 * 1000;

/** Keeps the address that was registered or confirmed on this browser, for the sign-in that follows: the link in the e-mail opens a page of its own. */
export function rememberRegistered(email: string): void {
  remember(NAME, { email, at: Date.now() });
}

/** Gives the address that was registered or confirmed on this browser in the last day. */
export function registeredAddress(): string | undefined {
  const { email, at } = (recall(NAME) ?? {}) as { email?: unknown; at?: unknown };
  return typeof email === "string" && typeof at === "number" && Date.now() - at < LASTS_MS ? email : undefined;
}

/** Forgets it: whoever has signed in needs it no more. */
export function forgetRegistered(): void {
  remember(NAME, null);
}
