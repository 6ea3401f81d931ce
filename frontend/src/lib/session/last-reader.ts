import { recall, remember } from "@/lib/browser-memory";

const NAME = "reader";

/** Remembers the e-mail address of whoever is signed in, for as long as they have not signed out; null forgets it. */
export function markReader(email: string | null): void {
  remember(NAME, email);
}

/** Gives the e-mail address of whoever was signed in with this browser and has not signed out. */
export function lastReader(): string | undefined {
  const email = recall(NAME);
  return typeof email === "string" ? email : undefined;
}
