import { decimalSign, formatParts, formats, readDigits } from "./formats";

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
 * What English writes a currency with (CLDR, as the server has it); any other is written with its code.
 */
const CURRENCY_SIGNS = new Map([
  ["AUD", "A$"], ["BRL", "R$"], ["CAD", "CA$"], ["CNY", "CN¥"], ["EUR", "€"], ["GBP", "£"], ["HKD", "HK$"], ["ILS", "₪"], ["INR", "₹"], ["JPY", "JP¥"],
  ["KRW", "₩"], ["MXN", "MX$"], ["NZD", "NZ$"], ["PHP", "₱"], ["TWD", "NT$"], ["USD", "US$"], ["VND", "₫"], ["XCD", "EC$"], ["ZAR", "R"],
]);

/** Gives what a currency is written with: the business's own without the letters of its country. */
export function currencySign(currency: string): string {
  const sign = CURRENCY_SIGNS.get(currency) ?? currency;
  return (currency === formats().currency && sign.replace(/^[A-Z]+/, "")) || sign;
}

/** Writes an amount as the installation does: "R 1,250.00". `isRound` rounds to whole units, where only the size matters. */
export function formatMoney(value: MoneyValue, { isRound = false }: { isRound?: boolean } = {}): string {
  const digits = minorDigits(value.currency);
  const sign = currencySign(value.currency);
  const figure = isRound ? formatParts(Math.round(value.amount / 10 ** digits), 0) : formatParts(value.amount, digits);
  return `${value.amount < 0 ? "-" : ""}${sign}${gapAfter(sign, decimalSign())}${figure}`;
}

/** Writes a figure with a currency, for a form of numbers that is about to be chosen: "R 1.234,56". */
export function moneyExample(figure: string, currency: string): string {
  const sign = currencySign(currency);
  return `${sign}${gapAfter(sign, /,\d+$/.test(figure) ? "," : ".")}${figure}`;
}

/** A code is set apart, a sign is not, but where decimals have a comma: € 1.234,56. */
function gapAfter(sign: string, decimals: string): string {
  return /\p{L}$/u.test(sign) || decimals === "," ? "\u00A0" : "";
}

/** Reads what a person typed ("1 250,00", "R 1,250.00") as minor units; null when it is no amount. */
export function parseMoney(text: string, currency: string): number | null {
  const digits = minorDigits(currency);
  // The currency may stand there; any other letter is a slip: 5k, 1e5, 24 000,5x.
  const sign = CURRENCY_SIGNS.get(currency) ?? currency;
  const written = [currency, sign, sign.replace(/^[A-Z]+/, "")].find((one) => text.toUpperCase().includes(one)) ?? "";
  const plain = text.toUpperCase().replace(written, "").trim();
  const number = readDigits(plain.replace(/^-/, ""));
  if (!number || number.fraction.length > digits) return null;
  return (plain.startsWith("-") ? -1 : 1) * (Number(number.whole) * 10 ** digits + Number(number.fraction.padEnd(digits, "0")));
}

/** Writes minor units as plain digits for an input: 125000 → "1250.00". */
export function moneyInput(amount: number, currency: string): string {
  const digits = minorDigits(currency);
  return (amount / 10 ** digits).toFixed(digits).replace(".", decimalSign());
}
