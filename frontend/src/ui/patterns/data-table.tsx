import { cx } from "@/ui/class-names";
import { useNarrowBox } from "@/ui/narrow-box";
import type { DataTableProps } from "./data-column";
import { DataTableCards } from "./data-table-cards";
import { DataTableGrid } from "./data-table-grid";

export type { Column } from "./data-column";

/** Lists rows: a table where it has the room for one, else cards. */
export function DataTable<Row>({ isBusy = false, ...props }: DataTableProps<Row>) {
  const [box, isNarrow] = useNarrowBox();
  return (
    <div ref={box} className="relative" aria-busy={isBusy || undefined}>
      <ProgressLine isShown={isBusy} />
      {isNarrow ? <DataTableCards {...props} /> : <DataTableGrid {...props} />}
    </div>
  );
}

/** Waits a moment before it is seen, so that a quick answer does not flicker. */
function ProgressLine({ isShown }: { isShown: boolean }) {
  return (
    <span aria-hidden="true" className={cx("pointer-events-none absolute inset-x-2.5 top-0 z-[2] h-0.5 overflow-hidden rounded-full transition-opacity", isShown ? "opacity-100 delay-300" : "opacity-0")}>
      {/* An animation of its own element: its opacity would stand above the one that hides the line. */}
      <span className="block h-full animate-pulse bg-accent" />
    </span>
  );
}
