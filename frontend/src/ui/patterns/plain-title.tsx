import type { ReactNode } from "react";
import { useSiteName } from "./site-name";

/** Opens a page outside the app: its one title, and the sentence below it. */
export function PlainTitle({ title, children }: { title: string; children?: ReactNode }) {
  const site = useSiteName();
  return (
    <header className="mb-6">
      <title>{`${title} · ${site}`}</title>
      <h1 className="text-xl">{title}</h1>
      {children && <p className="mt-1 text-base break-words text-ink-3">{children}</p>}
    </header>
  );
}
