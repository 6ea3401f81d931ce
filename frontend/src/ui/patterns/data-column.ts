import type { LinkProps } from "@tanstack/react-router";
import type { ReactNode } from "react";

/** By the table's own width: beside a card it has less than the page. */
export const ROOM = { medium: "@max-3xl:hidden", wide: "@max-4xl:hidden", widest: "@max-5xl:hidden" };

/** The cell that takes what the others leave. */
export const FLEXIBLE = "w-full min-w-48 max-w-48";

/** Words that are read whole on a card; in a cell they take two lines, and are cut where these are too little: a `title` says the whole. */
export const TWO_LINES = "wrap-anywhere in-[td]:line-clamp-2";

/**
 * The name of something else, in a `span` with the whole as its `title`. A business's full name ("… and Adventure Tours (Pty) Ltd") is read
 * whole: on two lines where every list has the room, else on three, on four in the narrowest tables. Only a longer one is cut.
 */
export const NAME = "min-w-44 max-w-56 break-words @max-[44.5rem]:min-w-40 @min-[66rem]:min-w-56 [&:is(td)>span]:line-clamp-3 @max-[44.5rem]:[&:is(td)>span]:line-clamp-4";

export interface Column<Row, Sort extends string = string> {
  id: string;
  head: string;
  cell: (row: Row) => ReactNode;
  align?: "left" | "right";
  /** The order that the first press of the head asks for: "title" for texts, "-total" for amounts and times. */
  sort?: Sort;
  /** Where the cell goes when the table becomes cards. */
  card?: "title" | "value" | "subtitle" | "status" | "none";
  /** How much room the table must have to show the column; without it, it is always shown. What tells the row from others, its status and its amount always are. */
  room?: keyof typeof ROOM;
  /** The sum below the column, of the rows that are shown. */
  foot?: (rows: readonly Row[]) => ReactNode;
  className?: string;
}

/** The order in which rows are shown, and the way to ask for another. */
export interface Sorting {
  /** "title" or "-title". */
  sort: string | undefined;
  onSort: (sort: string) => void;
}

/** Which rows are chosen for an act on several. */
export interface Selection<Row> {
  has: (row: Row) => boolean;
  nameOf: (row: Row) => string;
  /** Chooses or leaves out one row; `isRange` takes all between it and the last one, too. */
  onSelect: (row: Row, isSelected: boolean, isRange: boolean) => void;
  onSelectPage: (isSelected: boolean) => void;
}

export interface DataTableProps<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Where the row leads; the whole row then is the link. */
  rowLink?: ((row: Row) => LinkProps) | undefined;
  sorting?: Sorting | undefined;
  selection?: Selection<Row> | undefined;
  /** Other rows are on their way. */
  isBusy?: boolean;
}
