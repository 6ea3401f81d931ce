import { cx } from "@/ui/class-names";
import { AscendingIcon, DescendingIcon, Icon } from "@/ui/icon";
import type { Column, Sorting } from "./data-column";

/** Gives the order that the next press of a head asks for: its own first, then the other way round. */
function nextSort(own: string, current: string | undefined): string {
  return current === own ? reversed(own) : own;
}

function reversed(sort: string): string {
  return sort.startsWith("-") ? sort.slice(1) : `-${sort}`;
}

/** Says how a column stands in the order of the rows, as `aria-sort` has it. */
export function sortOf({ sort: own }: Pick<Column<never>, "sort">, sorting: Sorting | undefined): "ascending" | "descending" | "none" | undefined {
  if (!own || !sorting) return undefined;
  if (sorting.sort !== own && sorting.sort !== reversed(own)) return "none";
  return sorting.sort.startsWith("-") ? "descending" : "ascending";
}

/** Sorts by a column; its arrow always has its place, so that nothing moves. */
export function SortHead({ column, own, sorting }: { column: Pick<Column<never>, "head" | "align" | "sort">; own: string; sorting: Sorting }) {
  const state = sortOf(column, sorting);
  const shown = state === "none" ? own.startsWith("-") : state === "descending";
  return (
    <button
      type="button"
      onClick={() => sorting.onSort(nextSort(own, sorting.sort))}
      className={cx("group/sort -mx-1.5 inline-flex h-7 items-center gap-1 rounded-control px-1.5 font-medium hover:bg-hover hover:text-ink", column.align === "right" && "flex-row-reverse", state !== "none" && "text-ink")}
    >
      {column.head}
      <Icon of={shown ? DescendingIcon : AscendingIcon} size="sm" className={cx(state === "none" && "opacity-0 group-hover/sort:opacity-60 group-focus-visible/sort:opacity-60")} />
    </button>
  );
}
