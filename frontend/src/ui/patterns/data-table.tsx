import { Link, type LinkProps } from "@tanstack/react-router";
import { useCallback, useState, type ReactNode } from "react";
import { cx } from "@/ui/class-names";
import { useIsNarrow } from "@/ui/media-query";

// By the table's own width: beside a card it has less than the page.
const ROOM = { medium: "@max-lg:hidden", wide: "@max-4xl:hidden" };

export interface Column<Row> {
  id: string;
  head: string;
  cell: (row: Row) => ReactNode;
  align?: "left" | "right";
  /** Where the cell goes when the table becomes cards. */
  card?: "title" | "value" | "subtitle" | "status" | "none";
  /** How much room the table must have to show the column; without it, it is always shown. */
  room?: keyof typeof ROOM;
  /** The sum below the column. */
  foot?: ReactNode;
  className?: string;
}

export interface DataTableProps<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Where the row leads; the whole row then is the link. */
  rowLink?: (row: Row) => LinkProps;
}

/** Lists rows: a table on a desk, cards where there is no room for one. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  return useIsNarrow() ? <Cards {...props} /> : <Table {...props} />;
}

function Table<Row>({ label, columns, rows, rowKey, rowLink }: DataTableProps<Row>) {
  const [watch, isScrolled] = useOverflow();
  return (
    <div ref={watch} {...(isScrolled && { role: "region", "aria-label": label, tabIndex: 0 })} className="@container overflow-x-auto rounded-card border border-line bg-surface shadow-card">
      <table aria-label={label} className="w-full border-separate border-spacing-0 text-base">
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.id}
                scope="col"
                className={cx(
                  "sticky top-0 h-10 border-b border-line bg-sunk px-3 text-xs font-medium text-ink-2 first:pl-5 last:pr-5",
                  column.align === "right" ? "text-right" : "text-left",
                  column.room && ROOM[column.room],
                )}
              >
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} className={cx("group relative", rowLink && "hover:bg-hover")}>
              {columns.map((column, index) => (
                <td
                  key={column.id}
                  className={cx(
                    "h-11 border-line px-3 py-2 first:pl-5 last:pr-5 group-not-last:border-b",
                    column.align === "right" && "tabular text-right whitespace-nowrap",
                    column.room && ROOM[column.room],
                    column.className,
                  )}
                >
                  {index === 0 && rowLink ? <RowLink link={rowLink(row)}>{column.cell(row)}</RowLink> : column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {columns.some((column) => column.foot !== undefined) && (
          <tfoot>
            <tr className="font-semibold">
              {columns.map((column) => (
                <td key={column.id} className={cx("h-11 border-t border-line-2 px-3 first:pl-5 last:pr-5", column.align === "right" && "tabular text-right", column.room && ROOM[column.room])}>
                  {column.foot}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
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

function RowLink({ link, children }: { link: LinkProps; children: ReactNode }) {
  return (
    <Link {...link} className="text-accent no-underline after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:rounded-control focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent">
      {children}
    </Link>
  );
}

function Cards<Row>({ label, columns, rows, rowKey, rowLink }: DataTableProps<Row>) {
  const at = (place: NonNullable<Column<Row>["card"]>) => columns.filter((column) => column.card === place);
  const feet = columns.filter((column) => column.foot !== undefined && column.card !== "none");
  return (
    <div className="rounded-card border border-line bg-surface shadow-card">
      <ul aria-label={label}>
        {rows.map((row) => (
          <li key={rowKey(row)} className="relative flex flex-col gap-1 border-line px-4 py-3 not-last:border-b">
            <CardLine
              start={at("title").map((column) => (
                <span key={column.id} className="min-w-0 font-medium break-words has-[input]:shrink-0">
                  {rowLink ? <RowLink link={rowLink(row)}>{column.cell(row)}</RowLink> : column.cell(row)}
                </span>
              ))}
              end={at("value").map((column) => (
                <span key={column.id} className="tabular font-semibold">
                  {column.cell(row)}
                </span>
              ))}
            />
            <CardLine
              start={at("subtitle").map((column) => (
                <span key={column.id} className="min-w-0 truncate text-ink-2 not-first:before:mx-1.5 not-first:before:content-['·']">
                  {column.cell(row)}
                </span>
              ))}
              end={at("status").map((column) => (
                <span key={column.id}>{column.cell(row)}</span>
              ))}
            />
          </li>
        ))}
      </ul>
      {feet.length > 0 && (
        <div className="flex justify-between border-t border-line-2 px-4 py-3 font-semibold">
          {feet.map((column) => (
            <span key={column.id} className="tabular">
              {column.foot}
            </span>
          ))}
        </div>
      )}
    </div>
  );
}

function CardLine({ start, end }: { start: ReactNode[]; end: ReactNode[] }) {
  if (start.length + end.length === 0) return null;
  return (
    <div className="flex items-center justify-between gap-3">
      <div className="flex min-w-0 items-baseline">{start}</div>
      <div className="shrink-0">{end}</div>
    </div>
  );
}
