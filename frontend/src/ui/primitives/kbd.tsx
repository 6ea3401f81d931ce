import type { ReactNode } from "react";

/** Names a key to press. */
export function Kbd({ children }: { children: ReactNode }) {
  return <kbd className="rounded-[4px] border border-line-2 bg-surface px-1.5 py-px font-sans text-xs text-ink-2">{children}</kbd>;
}
