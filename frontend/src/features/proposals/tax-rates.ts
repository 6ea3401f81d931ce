import type { TaxRateOut } from "@/api/generated";

/** Gives the rates that new lines are offered. */
export function offeredRates(rates: readonly TaxRateOut[]): TaxRateOut[] {
  return rates.filter((rate) => rate.is_current);
}

/** Finds the rate that a line still has and new lines are not offered: it ended, or another one replaced it. */
export function pastRate(typed: string, rates: readonly TaxRateOut[]): TaxRateOut | undefined {
  const same = rates.filter((rate) => rate.has_begun && isSame(typed, rate.rate));
  return same.some((rate) => rate.is_current) ? undefined : same[0];
}

function isSame(typed: string, rate: string): boolean {
  return typed.trim() !== "" && Number(typed.replace(",", ".")) === Number(rate);
}
