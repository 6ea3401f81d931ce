import type { Column, Sorting } from "@/ui/patterns/data-column";
import { Select } from "@/ui/primitives/select";
import { ordersOf } from "./orders";
import { orders, tools } from "./texts";

/** Chooses the order where there are cards, which have no heads to press. */
export function SortSelect({ columns, sorting: { sort, onSort } }: { columns: readonly Pick<Column<never>, "id" | "head" | "sort">[]; sorting: Sorting }) {
  const sortable = ordersOf(columns);
  // A list's own order need not be that of a column.
  const options = sortable.length > 0 && sort && !sortable.some(({ value }) => value === sort) ? [{ value: sort, label: orders.newest }, ...sortable] : sortable;
  if (options.length === 0) return null;
  return (
    // On a phone in a line of its own: both words of an order are to be read.
    <div className="max-sm:order-last max-sm:w-full">
      <Select aria-label={tools.sort} value={sort ?? ""} onChange={(event) => onSort(event.target.value)}>
        {options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </Select>
    </div>
  );
}
