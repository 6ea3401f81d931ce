import type { ReactNode } from "react";
import { cx } from "@/ui/class-names";

export interface Definition {
  term: string;
  value: ReactNode;
  /** Marks what the rows above add up to. */
  isSum?: boolean;
}

/** Pairs names and values, values at the right as in an account. */
export function DefinitionList({ items }: { items: readonly Definition[] }) {
  return (
    <dl className="flex flex-col gap-2">
      {items.map((item) => (
        <div key={item.term} className={cx("flex flex-wrap justify-between gap-x-4", item.isSum && "mt-1 border-t border-line-2 pt-3 font-semibold")}>
          <dt className={cx("text-base", !item.isSum && "text-ink-3")}>{item.term}</dt>
          <dd className={cx("min-w-0 text-right text-base break-words", !item.isSum && "font-medium")}>{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}
