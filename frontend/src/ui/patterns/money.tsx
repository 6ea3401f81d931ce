import { formatMoney, type MoneyValue } from "./money-format";

/** Writes an amount as the reader's locale does, with figures of one width. */
export function Money({ value, isRound = false }: { value: MoneyValue; isRound?: boolean }) {
  return <span className="tabular whitespace-nowrap">{formatMoney(value, { isRound })}</span>;
}
