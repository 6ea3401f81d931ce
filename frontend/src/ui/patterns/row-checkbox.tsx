import { useRef, type ChangeEvent, type MouseEvent } from "react";
import type { Selection } from "./data-column";
import { selection as texts } from "./texts/lists";

// Wider than the box, so that a finger finds it, and above the row's own link.
const FIELD = "relative z-[1] -m-2 inline-grid place-items-center p-2 align-middle";

/** Chooses one row; with Shift, all from the last one that was chosen. */
export function RowCheckbox<Row>({ row, selection }: { row: Row; selection: Selection<Row> }) {
  const isRange = useRef(false);
  return (
    <label className={FIELD}>
      <span className="sr-only">{texts.row(selection.nameOf(row))}</span>
      <input
        type="checkbox"
        className="tick-box"
        checked={selection.has(row)}
        onClick={(event: MouseEvent) => {
          isRange.current = event.shiftKey;
        }}
        onChange={(event: ChangeEvent<HTMLInputElement>) => selection.onSelect(row, event.target.checked, isRange.current)}
      />
    </label>
  );
}

/** Chooses all rows that are shown. */
export function PageCheckbox<Row>({ rows, selection }: { rows: readonly Row[]; selection: Selection<Row> }) {
  const chosen = rows.filter((row) => selection.has(row)).length;
  const isAll = rows.length > 0 && chosen === rows.length;
  return (
    <label className={FIELD}>
      <span className="sr-only">{texts.page}</span>
      <input
        type="checkbox"
        className="tick-box"
        checked={isAll}
        ref={(box) => {
          if (box) box.indeterminate = chosen > 0 && !isAll;
        }}
        onChange={(event) => selection.onSelectPage(event.target.checked)}
      />
    </label>
  );
}
