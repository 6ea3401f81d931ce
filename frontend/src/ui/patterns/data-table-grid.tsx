import { useCallback, useState, type ReactNode } from "react";
import { cx } from "@/ui/class-names";
import { ROOM, type Column, type DataTableProps } from "./data-column";
import { PageCheckbox, RowCheckbox } from "./row-checkbox";
import { RowLink } from "./row-link";
import { SortHead, sortOf } from "./sort-head";

// Clips and does not scroll, so that the heads stay below the page's bar; a table that is too wide scrolls within itself.
export const FRAME = "@container overflow-clip rounded-card data-scrolled:overflow-x-auto border border-line bg-surface shadow-card";
export const TABLE = "w-full border-separate border-spacing-0 text-base";
const HEAD = "sticky top-[3.5625rem] z-1 h-10 in-data-scrolled:top-0 border-b border-line bg-sunk px-3 text-xs font-medium whitespace-nowrap text-ink-2 first:pl-5 last:pr-5";
const CELL = "h-11 border-line px-3 py-2 first:pl-5 last:pr-5 group-not-last:border-b";
const TICK = "w-0";

/** The table of a desk. */
export function DataTableGrid<Row>({ label, columns, rows, rowKey, rowLink, sorting, selection }: Omit<DataTableProps<Row>, "isBusy">) {
  const [watch, isScrolled] = useOverflow();
  const feet = columns.map((column) => column.foot?.(rows));
  return (
    <div ref={watch} {...(isScrolled && { role: "region", "aria-label": label, tabIndex: 0 })} data-scrolled={isScrolled ? "" : undefined} className={FRAME}>
      <table aria-label={label} className={TABLE}>
        <thead>
          <tr>
            {selection && (
              <th scope="col" className={cx(HEAD, TICK)}>
                <PageCheckbox rows={rows} selection={selection} />
              </th>
            )}
            {columns.map((column) => (
              <HeadCell key={column.id} column={column} state={sortOf(column, sorting)}>
                {column.sort && sorting ? <SortHead column={column} own={column.sort} sorting={sorting} /> : column.head}
              </HeadCell>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} data-selected={selection?.has(row) ? "" : undefined} className={cx("group relative", rowLink && "hover:bg-hover", selection?.has(row) && "bg-soft")}>
              {selection && (
                <td className={cx(CELL, TICK)}>
                  <RowCheckbox row={row} selection={selection} />
                </td>
              )}
              {columns.map((column, index) => (
                <td key={column.id} className={cx(CELL, sideOf(column), column.room && ROOM[column.room], column.className)}>
                  {index === 0 && rowLink ? <RowLink link={rowLink(row)}>{column.cell(row)}</RowLink> : column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {feet.some((foot) => foot !== undefined) && (
          <tfoot>
            <tr className="font-semibold">
              {selection && <td className="border-t border-line-2" />}
              {columns.map((column, index) => (
                <td key={column.id} className={cx("h-11 border-t border-line-2 px-3 first:pl-5 last:pr-5", column.align === "right" && "tabular text-right", column.room && ROOM[column.room])}>
                  {feet[index]}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}

/** One head of a table that is there or loading. */
export function HeadCell({ column, state, children }: { column: Pick<Column<never>, "align" | "room">; state?: ReturnType<typeof sortOf>; children: ReactNode }) {
  return (
    <th scope="col" aria-sort={state} className={cx(HEAD, column.align === "right" ? "text-right" : "text-left", column.room && ROOM[column.room])}>
      {children}
    </th>
  );
}

function sideOf({ align }: Pick<Column<never>, "align">): string | false {
  return align === "right" && "tabular text-right whitespace-nowrap";
}

/** Tells whether a box must be scrolled to be read: only then a keyboard stops there. */
function useOverflow() {
  const [isNeeded, setNeeded] = useState(false);
  const watch = useCallback((box: HTMLDivElement) => {
    const observer = new ResizeObserver(() => setNeeded(box.scrollWidth > box.clientWidth));
    observer.observe(box);
    for (const child of box.children) observer.observe(child);
    return () => observer.disconnect();
  }, []);
  return [watch, isNeeded] as const;
}
