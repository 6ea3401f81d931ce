import type { ReactNode } from "react";
import { PageTitle } from "./page-title";

/** Opens a page outside the app: its one title, and the sentence below it. */
export function PlainTitle({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <header className="mb-6">
      <PageTitle title={title} />
      <h1 className="text-xl">{title}</h1>
      {children && <p className="mt-1 text-base break-words text-ink-3">{children}</p>}
    </header>
  );
}
