import { cx } from "@/ui/class-names";
import { useNarrowBox } from "@/ui/narrow-box";
import { Skeleton } from "@/ui/primitives/skeleton";
import { ROOM, type Column } from "./data-column";
import { FRAME, HeadCell, TABLE } from "./data-table-grid";
import { loading } from "./texts/pages";

type Shape = Pick<Column<never>, "id" | "head" | "align" | "room" | "className">;

const PLAIN: readonly Shape[] = [
  { id: "first", head: "" },
  { id: "second", head: "" },
  { id: "last", head: "", align: "right" },
];
const WIDTHS = ["w-36", "w-24", "w-28", "w-20"];

/** Holds the place of a table that is loading, in its shape: the same columns, and rows of the same height. */
export function DataTableSkeleton({ columns = PLAIN, rows = 6, hasSelection = false }: { columns?: readonly Shape[]; rows?: number; hasSelection?: boolean }) {
  const places = Array.from({ length: rows }, (_, index) => index);
  const [box, isNarrow] = useNarrowBox();
  return (
    <div ref={box} aria-busy="true" aria-label={loading} role="status">
      {isNarrow ? <CardPlaces places={places} /> : <RowPlaces columns={columns} places={places} hasSelection={hasSelection} />}
    </div>
  );
}

function RowPlaces({ columns, places, hasSelection }: { columns: readonly Shape[]; places: number[]; hasSelection: boolean }) {
  return (
    <div aria-hidden="true" className={FRAME}>
      <table className={TABLE}>
        <thead>
          <tr>
            {hasSelection && <HeadCell column={{}}>{" "}</HeadCell>}
            {columns.map((column) => (
              <HeadCell key={column.id} column={column}>
                {column.head}
              </HeadCell>
            ))}
          </tr>
        </thead>
        <tbody>
          {places.map((row) => (
            <tr key={row} className="group">
              {hasSelection && (
                <td className="h-11 w-0 border-line px-3 pl-5 group-not-last:border-b">
                  <Skeleton className="size-4" />
                </td>
              )}
              {columns.map((column, index) => (
                <td key={column.id} className={cx("h-11 border-line px-3 first:pl-5 last:pr-5 group-not-last:border-b", column.room && ROOM[column.room], column.className)}>
                  <Skeleton className={cx("h-3.5 max-w-full", WIDTHS[(row + index) % WIDTHS.length], column.align === "right" && "ml-auto")} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function CardPlaces({ places }: { places: number[] }) {
  return (
    <div aria-hidden="true" className="rounded-card border border-line bg-surface shadow-card">
      {places.map((row) => (
        <div key={row} className="flex h-[4.4375rem] flex-col justify-center gap-2.5 border-line px-4 not-last:border-b">
          <div className="flex justify-between">
            <Skeleton className="h-3.5 w-36" />
            <Skeleton className="h-3.5 w-20" />
          </div>
          <Skeleton className="h-3.5 w-28" />
        </div>
      ))}
    </div>
  );
}
