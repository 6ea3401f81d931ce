import { useRef, useState } from "react";
import type { Selection } from "@/ui/patterns/data-column";
import { selection as texts } from "./texts";

export interface SelectionOptions<Row> {
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  nameOf: (row: Row) => string;
  /** The filter as a text: another one clears what was chosen. */
  filter: string;
}

/** Keeps which rows are chosen, across pages and orders; another filter clears them, since nobody would see what they act on. */
export function useSelection<Row>({ rows, rowKey, nameOf, filter }: SelectionOptions<Row>) {
  const [chosen, setChosen] = useState<ReadonlyMap<string, Row>>(new Map());
  const [seenFilter, setSeenFilter] = useState(filter);
  const [isWhole, setWhole] = useState(false);
  const [cleared, setCleared] = useState<string>();
  const anchor = useRef<string>(undefined);
  if (filter !== seenFilter) {
    setSeenFilter(filter);
    if (chosen.size > 0 || isWhole) {
      setChosen(new Map());
      setWhole(false);
      setCleared(texts.clearedByFilter);
    }
  }
  const keys = rows.map(rowKey);

  function change(changed: readonly Row[], isSelected: boolean) {
    // Who leaves out one of all goes back to the page: nobody sees the others.
    const next = new Map(isWhole ? rows.map((row) => [rowKey(row), row]) : chosen);
    for (const row of changed) {
      if (isSelected) next.set(rowKey(row), row);
      else next.delete(rowKey(row));
    }
    setChosen(next);
    setWhole(false);
    setCleared(next.size === 0 ? texts.cleared : undefined);
  }

  function clear() {
    setChosen(new Map());
    setWhole(false);
    setCleared(texts.cleared);
  }

  const selection: Selection<Row> = {
    has: (row) => isWhole || chosen.has(rowKey(row)),
    nameOf,
    onSelect(row, isSelected, isRange) {
      const at = keys.indexOf(rowKey(row));
      const from = isRange && anchor.current !== undefined ? keys.indexOf(anchor.current) : -1;
      anchor.current = rowKey(row);
      change(from < 0 ? [row] : rows.slice(Math.min(from, at), Math.max(from, at) + 1), isSelected);
    },
    onSelectPage: (isSelected) => change(rows, isSelected),
  };
  return {
    selection,
    /** The rows that were chosen one by one. */
    chosen: [...chosen.values()],
    /** Whether all that match are chosen, on whatever page. */
    isWhole,
    hasPage: keys.length > 0 && keys.every((key) => chosen.has(key)),
    chooseWhole: () => setWhole(true),
    clear,
    /** What is said aloud about it. */
    news: chosen.size > 0 ? texts.count(chosen.size) : (cleared ?? ""),
  };
}
