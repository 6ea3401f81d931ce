import { useIsNarrow } from "@/ui/media-query";
import type { Column, Sorting } from "@/ui/patterns/data-column";
import { ordersOf } from "./orders";
import { orders as texts } from "./texts";

/** Says in which order the rows are: a press on a head moves them without a word. On a phone the choice of the order says so itself. */
export function SortNews({ columns, sorting: { sort } }: { columns: readonly Pick<Column<never>, "id" | "head" | "sort">[]; sorting: Sorting }) {
  const isNarrow = useIsNarrow();
  const order = ordersOf(columns).find(({ value }) => value === sort);
  if (isNarrow) return null;
  return (
    <span aria-live="polite" className="sr-only">
      {order && texts.now(order.label)}
    </span>
  );
}
