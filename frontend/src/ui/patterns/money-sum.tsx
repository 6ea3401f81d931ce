import type { ReactNode } from "react";
import { Money } from "./money";
import { formatMoney, type MoneyValue } from "./money-format";
import { sums as texts } from "./texts/sums";

/** What a whole list comes to, by currency; null where nobody added it up: what words find, and very long lists. */
export type Sums = readonly MoneyValue[] | null;

/** Writes the sum of amounts; nothing where there are none, or several currencies. */
export function moneySum(values: readonly MoneyValue[]) {
  const currency = values[0]?.currency;
  if (!currency || values.some((value) => value.currency !== currency)) return undefined;
  return <Money value={{ amount: values.reduce((sum, value) => sum + value.amount, 0), currency }} />;
}

/** Writes amounts of several currencies below each other. */
export function MoneyList({ values }: { values: readonly MoneyValue[] }) {
  return values.map((value) => (
    <span key={value.currency} className="block">
      <Money value={value} />
    </span>
  ));
}

/** Makes the foot of a list's amounts: the sum of the whole list, or of the page where that is not known. */
export function listSum<Row>(sums: Sums, amountOf: (row: Row) => MoneyValue): { label: (rows: readonly Row[]) => ReactNode; total: (rows: readonly Row[]) => ReactNode } {
  if (sums) return { label: () => (sums.length > 0 ? texts.list : undefined), total: () => (sums.length > 0 ? <MoneyList values={sums} /> : undefined) };
  const ofPage = (rows: readonly Row[]) => moneySum(rows.map(amountOf));
  return { label: (rows) => (ofPage(rows) ? texts.page : undefined), total: ofPage };
}

/** Writes rounded amounts, with the exact ones on hover; zero in a currency where there are none. */
export function RoundSums({ values, currency }: { values: readonly MoneyValue[]; currency: string }) {
  const shown = values.length > 0 ? values : [{ amount: 0, currency }];
  const write = (isRound: boolean) => shown.map((value) => formatMoney(value, { isRound })).join(", ");
  return <span title={write(false)}>{write(true)}</span>;
}
