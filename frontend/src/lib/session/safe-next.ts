/** Gives where to go after the sign-in: only a path of our own, else the dashboard. */
export function safeNext(next: string | undefined): string {
  if (!next || !next.startsWith("/") || next.startsWith("//") || next.startsWith("/\\") || /^\/log(in|out)\b/.test(next)) return "/dashboard";
  return next;
}
