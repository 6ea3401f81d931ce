import { useIsNarrow } from "@/ui/media-query";
import type { Column, Sorting } from "@/ui/patterns/data-column";
import { Select } from "@/ui/primitives/select";

/** Chooses the order where there are cards, which have no heads to press. */
export function SortSelect({ columns, sorting: { sort, onSort } }: { columns: readonly Pick<Column<never>, "id" | "head" | "sort">[]; sorting: Sorting }) {
  const isNarrow = useIsNarrow();
  const sortable = columns.flatMap(({ head, sort: own }) => (own ? bothOrders(head, own) : []));
  // A list's own order need not be that of a column.
  const options = sortable.length > 0 && sort && !sortable.some(({ value }) => value === sort) ? [{ value: sort, label: "Newest first" }, ...sortable] : sortable;
  if (!isNarrow || options.length === 0) return null;
  return (
    <Select aria-label="Sort by" className="max-sm:max-w-44" value={sort ?? ""} onChange={(event) => onSort(event.target.value)}>
      {options.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </Select>
  );
}

function bothOrders(head: string, own: string) {
  const key = own.replace(/^-/, "");
  const [up, down] = wordsOf(own);
  const orders = [
    { value: key, label: `${head}: ${up}` },
    { value: `-${key}`, label: `${head}: ${down}` },
  ];
  return own.startsWith("-") ? orders.reverse() : orders;
}

/** Names both orders of a key: texts begin with A, times with the newest, amounts with the largest. */
function wordsOf(own: string): [up: string, down: string] {
  if (!own.startsWith("-")) return ["A to Z", "Z to A"];
  return /_(at|until)$/.test(own) ? ["oldest first", "newest first"] : ["lowest first", "highest first"];
}
