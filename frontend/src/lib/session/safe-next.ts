/** Gives where to go after the sign-in: only a path of our own, else the dashboard. */
export function safeNext(next: string | undefined): string {
  if (!next || !next.startsWith("/") || next.startsWith("//") || next.startsWith("/\\") || next.startsWith("/login")) return "/dashboard";
  return next;
}
