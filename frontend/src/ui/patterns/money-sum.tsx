import { Money } from "./money";
import type { MoneyValue } from "./money-format";

/** Writes the sum of amounts; nothing where there are none, or several currencies. */
export function moneySum(values: readonly MoneyValue[]) {
  const currency = values[0]?.currency;
  if (!currency || values.some((value) => value.currency !== currency)) return undefined;
  return <Money value={{ amount: values.reduce((sum, value) => sum + value.amount, 0), currency }} />;
}
