import type { ReactNode } from "react";
import { cx } from "@/ui/class-names";

export interface WithAsideProps {
  children: ReactNode;
  /** Cards of what belongs to it: sums, facts, links. */
  aside: ReactNode;
  /** Keeps the aside in sight while the rest is scrolled. */
  isSticky?: boolean;
  /** Where there is no room beside it, the aside comes first: what is below may be long. */
  isAsideFirst?: boolean;
}

/** Lays a page's work out with what stands beside it; below it where the page itself, whatever the window, has no room for both. */
export function WithAside({ children, aside, isSticky = false, isAsideFirst = false }: WithAsideProps) {
  return (
    <div className="@container">
      <div className="grid grid-cols-1 items-start gap-4 @4xl:grid-cols-[minmax(0,1fr)_20rem]">
        {children}
        <div className={cx("flex min-w-0 flex-col gap-4", isSticky && "@4xl:sticky @4xl:top-20", isAsideFirst && "@max-4xl:order-first")}>{aside}</div>
      </div>
    </div>
  );
}
