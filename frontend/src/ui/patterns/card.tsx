import type { ReactNode } from "react";
import { cx } from "@/ui/class-names";

export interface CardProps {
  title?: ReactNode;
  /** Below a section's own heading a card's is a level deeper. */
  heading?: "h2" | "h3";
  /** A link or a switch at the right of the title. */
  aside?: ReactNode;
  children: ReactNode;
  /** Lists bring their own padding. */
  isFlush?: boolean;
  className?: string;
}

/** Groups what belongs together, under a title. */
export function Card({ title, heading: Heading = "h2", aside, children, isFlush = false, className }: CardProps) {
  return (
    <section className={cx("min-w-0 rounded-card border border-line bg-surface shadow-card", className)}>
      {title && (
        <header className="flex min-h-[3.25rem] flex-wrap items-center justify-between gap-2 border-b border-line px-5 py-2 max-sm:px-4">
          <Heading className="text-base font-semibold">{title}</Heading>
          {aside}
        </header>
      )}
      <div className={cx(!isFlush && "p-5 max-sm:p-4")}>{children}</div>
    </section>
  );
}
