import type { Column } from "@/ui/patterns/data-column";
import { orders as texts } from "./texts";

export interface Order {
  value: string;
  label: string;
}

/** Gives both orders of each column that sorts, in words; each column's own order first. */
export function ordersOf(columns: readonly Pick<Column<never>, "id" | "head" | "sort">[]): Order[] {
  return columns.flatMap(({ head, sort: own }) => (own ? bothOrders(head, own) : []));
}

function bothOrders(head: string, own: string): Order[] {
  const key = own.replace(/^-/, "");
  const { up, down } = wordsOf(own);
  const both = [
    { value: key, label: texts.of(head, up) },
    { value: `-${key}`, label: texts.of(head, down) },
  ];
  return own.startsWith("-") ? both.reverse() : both;
}

/** Names both orders of a key: texts begin with A, times with the newest, amounts with the largest. */
function wordsOf(own: string) {
  if (!own.startsWith("-")) return texts.texts;
  return /_(at|until)$/.test(own) ? texts.times : texts.amounts;
}
