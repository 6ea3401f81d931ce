import type { ReactNode } from "react";
import { cx } from "@/ui/class-names";
import type { Column, DataTableProps } from "./data-column";
import { PageCheckbox, RowCheckbox } from "./row-checkbox";
import { RowLink } from "./row-link";
import { selection as texts } from "./texts/lists";

/** The cards of a phone, and of wherever else a table has too little room. */
export function DataTableCards<Row>({ label, columns, rows, rowKey, rowLink, selection }: Omit<DataTableProps<Row>, "isBusy" | "sorting">) {
  const at = (place: NonNullable<Column<Row>["card"]>) => columns.filter((column) => column.card === place);
  const feet = columns.filter((column) => column.card !== "none").flatMap((column) => {
    const foot = column.foot?.(rows);
    return foot === undefined ? [] : [{ id: column.id, foot }];
  });
  return (
    <div className="rounded-card border border-line bg-surface shadow-card">
      {selection && (
        <div className="flex items-center gap-3 border-b border-line bg-sunk px-4 py-2 text-sm text-ink-2">
          <PageCheckbox rows={rows} selection={selection} />
          <span aria-hidden="true">{texts.all}</span>
        </div>
      )}
      <ul aria-label={label}>
        {rows.map((row) => (
          <li key={rowKey(row)} data-selected={selection?.has(row) ? "" : undefined} className={cx("relative flex items-start gap-3 border-line px-4 py-3 not-last:border-b", selection?.has(row) && "bg-soft")}>
            {selection && <RowCheckbox row={row} selection={selection} />}
            <div className="flex min-w-0 flex-1 flex-col gap-1">
              <CardLine
                start={at("title").map((column) => (
                  <span key={column.id} className="font-medium">
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
                start={<CardFacts facts={at("subtitle").map((column) => ({ id: column.id, fact: column.cell(row) }))} />}
                end={at("status").map((column) => (
                  <span key={column.id}>{column.cell(row)}</span>
                ))}
              />
            </div>
          </li>
        ))}
      </ul>
      {feet.length > 0 && (
        <div className="flex justify-between gap-3 border-t border-line-2 px-4 py-3 font-semibold">
          {feet.map(({ id, foot }) => (
            <span key={id} className="tabular">
              {foot}
            </span>
          ))}
        </div>
      )}
    </div>
  );
}

/** What else is told of a row, parted by dots: each has its dot before it, which is cut off where it begins a line. */
function CardFacts({ facts }: { facts: { id: string; fact: ReactNode }[] }) {
  return (
    <div className="overflow-hidden">
      <div className="-ml-3.5 flex flex-wrap">
        {facts.map(({ id, fact }) => (
          <span key={id} className="relative min-w-0 pl-3.5 text-ink-2 before:absolute before:left-[0.3rem] before:content-['·'] empty:hidden">
            {fact}
          </span>
        ))}
      </div>
    </div>
  );
}

function CardLine({ start, end }: { start: ReactNode; end: ReactNode }) {
  return (
    <div className="flex items-start justify-between gap-3">
      <div className="min-w-0 break-words">{start}</div>
      <div className="shrink-0">{end}</div>
    </div>
  );
}
