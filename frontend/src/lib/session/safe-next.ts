const NOWHERE = "/dashboard";

/** Gives where to go after the sign-in: only a path of our own, else the dashboard. */
export function safeNext(next: string | undefined): string {
  if (!next?.startsWith("/")) return NOWHERE;
  const { origin } = window.location;
  // Browsers drop tabs and line breaks, read \ as / and take dots out: only what they make of it says where it leads.
  const url = URL.canParse(next, origin) ? new URL(next, origin) : undefined;
  if (url?.origin !== origin) return NOWHERE;
  const { pathname, search, hash } = url;
  // `/.//elsewhere` is a path of ours; what is left of it without the dot is not.
  if (pathname.startsWith("//") || /^\/log(in|out)\b/.test(pathname)) return NOWHERE;
  return `${pathname}${search}${hash}`;
}
