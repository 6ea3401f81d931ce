import type { ReactNode } from "react";
import { cx } from "@/ui/class-names";

export interface Definition {
  term: string;
  value: ReactNode;
  /** Marks what the rows above add up to. */
  isSum?: boolean;
}

/** Pairs names and values: values at the right as in an account, or below each other in a column of their own, where some are long. */
export function DefinitionList({ items, isColumn = false }: { items: readonly Definition[]; isColumn?: boolean }) {
  if (isColumn)
    return (
      <dl className="grid grid-cols-[minmax(6rem,2fr)_minmax(0,5fr)] items-baseline gap-x-4 gap-y-2.5 text-base">
        {items.map((item) => (
          <div key={item.term} className="contents">
            <dt className="break-words text-ink-3">{item.term}</dt>
            <dd className="min-w-0 break-words">{item.value}</dd>
          </div>
        ))}
      </dl>
    );
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
