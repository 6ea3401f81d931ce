import type { MoneyBody, TaxBody } from "@/api/generated";
import { formatRate } from "@/ui/patterns/formats";
import { formatMoney } from "@/ui/patterns/money-format";
import { taxes as texts } from "./texts/documents";

/** Gives the rows of a document's sums that name its tax: one a rate, each with what it was charged on where there are several. */
export function taxRows(name: string, { tax, taxes }: { tax: MoneyBody; taxes: readonly TaxBody[] }): { term: string; value: MoneyBody }[] {
  const [only] = taxes;
  if (!only) return [{ term: name, value: tax }];
  if (taxes.length === 1) return [{ term: texts.rate(name, formatRate(only.rate)), value: tax }];
  return taxes.map((row) => ({ term: texts.rateOn(name, formatRate(row.rate), formatMoney(row.net)), value: row.tax }));
}
