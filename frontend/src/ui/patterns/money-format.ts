/** An amount in minor units (cents) and its currency, as the API sends it. */
export interface MoneyValue {
  amount: number;
  currency: string;
}

/**
 * Currencies whose minor unit is not a hundredth (ISO 4217), the server's own list. Browsers cannot be asked: theirs
 * follow custom, and give no cents to the Colombian peso and no fils to the Iraqi dinar.
 */
const MINOR_DIGITS = new Map([
  ...["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"].map((code) => [code, 0] as const),
  ...["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"].map((code) => [code, 3] as const),
]);

/** Gives how many digits of a currency are minor units (2 for ZAR, 0 for JPY). */
export function minorDigits(currency: string): number {
  return MINOR_DIGITS.get(currency) ?? 2;
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
    minimumFractionDigits: isRound ? 0 : digits,
    maximumFractionDigits: isRound ? 0 : digits,
  }).format(value.amount / 10 ** digits);
}

/** Reads what a person typed ("1 250,00", "R 1,250.00") as minor units; null when it is no amount. */
export function parseMoney(text: string, currency: string): number | null {
  const digits = minorDigits(currency);
  const plain = text.replaceAll(/[^\d.,-]/g, "");
  const sign = plain.startsWith("-") ? -1 : 1;
  const number = plain.replace(/^-/, "");
  const point = Math.max(number.lastIndexOf("."), number.lastIndexOf(","));
  // The last separator is the decimal point if the currency has as many digits; one that comes twice parts thousands.
  const isDecimal = point >= 0 && number.length - point - 1 <= digits && number.indexOf(number.charAt(point)) === point;
  const whole = isDecimal ? number.slice(0, point) : number;
  const fraction = isDecimal ? number.slice(point + 1) : "";
  if (!/^(\d+|\d{1,3}([.,]\d{3})+)$/.test(whole) || (isDecimal && !/^\d+$/.test(fraction))) return null;
  return sign * (Number(whole.replaceAll(/[.,]/g, "")) * 10 ** digits + Number(fraction.padEnd(digits, "0")));
}

/** Writes minor units as plain digits for an input: 125000 → "1250.00". */
export function moneyInput(amount: number, currency: string): string {
  const digits = minorDigits(currency);
  return (amount / 10 ** digits).toFixed(digits);
}
