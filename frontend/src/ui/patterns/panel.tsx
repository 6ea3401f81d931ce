import type { ReactNode } from "react";

/** Lays a page's blocks out one below the other, in the page's rhythm. */
export function Page({ children }: { children: ReactNode }) {
  return <div className="flex flex-col gap-6 max-sm:gap-4">{children}</div>;
}

/** Frames a state (empty, error, forbidden) as the list would be framed. */
export function Panel({ children }: { children: ReactNode }) {
  return <div className="rounded-card border border-line bg-surface shadow-card">{children}</div>;
}
