import type { MoneyBody, TaxBody } from "@/api/generated";
import { formatRate } from "@/ui/patterns/formats";
import { formatMoney } from "@/ui/patterns/money-format";

/** Gives the rows of a document's sums that name its tax: one a rate, each with what it was charged on where there are several. */
export function taxRows(name: string, { tax, taxes }: { tax: MoneyBody; taxes: readonly TaxBody[] }): { term: string; value: MoneyBody }[] {
  const [only] = taxes;
  if (!only) return [{ term: name, value: tax }];
  if (taxes.length === 1) return [{ term: `${name} ${formatRate(only.rate)}`, value: tax }];
  return taxes.map((row) => ({ term: `${name} ${formatRate(row.rate)} on ${formatMoney(row.net)}`, value: row.tax }));
}
