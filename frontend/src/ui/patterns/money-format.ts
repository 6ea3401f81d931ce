/** An amount in minor units (cents) and its currency, as the API sends it. */
export interface MoneyValue {
  amount: number;
  currency: string;
}

/** Gives how many digits of a currency are minor units (2 for ZAR, 0 for JPY). */
export function minorDigits(currency: string): number {
  return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/**
 * Writes an amount as the reader's locale does, with the currency's own short sign.
 * `isRound` rounds to whole units, where only the size matters.
 */
export function formatMoney(value: MoneyValue, { isRound = false, locale }: { isRound?: boolean; locale?: string } = {}): string {
  const digits = minorDigits(value.currency);
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency: value.currency,
    currencyDisplay: "narrowSymbol",
    ...(isRound ? { maximumFractionDigits: 0 } : {}),
  }).format(value.amount / 10 ** digits);
}

/** Reads what a person typed ("1 250,00", "R 1,250.00") as minor units; null when it is no amount. */
export function parseMoney(text: string, currency: string): number | null {
  const digits = minorDigits(currency);
  const plain = text.replaceAll(/[^\d.,-]/g, "");
  const match = /^(-?)(\d{1,3}(?:[.,]\d{3})+|\d+)(?:[.,](\d+))?$/.exec(plain);
  if (!match) return null;
  const [, sign = "", whole = "", fraction = ""] = match;
  if (fraction.length > digits) return null;
  const amount = Number(whole.replaceAll(/[.,]/g, "")) * 10 ** digits + Number(fraction.padEnd(digits, "0") || 0);
  return sign ? -amount : amount;
}

/** Writes minor units as plain digits for an input: 125000 → "1250.00". */
export function moneyInput(amount: number, currency: string): string {
  const digits = minorDigits(currency);
  return (amount / 10 ** digits).toFixed(digits);
}
