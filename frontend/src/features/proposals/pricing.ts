/**
 * The arithmetic of a proposal, mirrored from the server (core/line_items) in whole numbers so that totals are seen while
 * typing: tax is worked out and rounded (halves up) for each line, then the lines are added. What the server answers
 * counts; both are held to the cases in backend/tests/core/line_items/vectors.json.
 */
export interface DraftLine {
  /** More than zero, with at most seven digits and four places: "1.5". */
  quantity: string;
  /** Minor units. */
  unitPrice: number;
  /** Per cent, at most 100, with at most two places: "15.00". */
  taxRate: string;
  isOptional: boolean;
}

export interface PricedLine {
  net: number;
  tax: number;
  /** Quantity times price, as the prices are. */
  amount: number;
}

export interface Totals {
  subtotal: number;
  tax: number;
  total: number;
}

/** How many digits the server takes before and after the point. */
export const QUANTITY_DIGITS = 7;
export const QUANTITY_PLACES = 4;
const RATE_DIGITS = 3;
export const RATE_PLACES = 2;

const RATE_MAX = 100_00n;

/** Works one line out; null when a number is none that the server takes. */
export function priceLine(line: DraftLine, isTaxInclusive: boolean): PricedLine | null {
  const quantity = scaled(line.quantity, QUANTITY_DIGITS, QUANTITY_PLACES);
  const rate = scaled(line.taxRate, RATE_DIGITS, RATE_PLACES);
  if (quantity === null || quantity === 0n || rate === null || rate > RATE_MAX || !Number.isSafeInteger(line.unitPrice)) return null;
  const amount = roundHalfUp(quantity * BigInt(line.unitPrice), 10_000n);
  const tax = isTaxInclusive ? roundHalfUp(amount * rate, 10_000n + rate) : roundHalfUp(amount * rate, 10_000n);
  const net = isTaxInclusive ? amount - tax : amount;
  return { net: Number(net), tax: Number(tax), amount: Number(amount) };
}

/** Adds the lines that count: optional ones are shown and not charged. */
export function addUp(lines: readonly DraftLine[], isTaxInclusive: boolean): Totals {
  const totals = { subtotal: 0, tax: 0, total: 0 };
  for (const line of lines) {
    const priced = line.isOptional ? null : priceLine(line, isTaxInclusive);
    if (!priced) continue;
    totals.subtotal += priced.net;
    totals.tax += priced.tax;
  }
  totals.total = totals.subtotal + totals.tax;
  return totals;
}

function scaled(text: string, digits: number, places: number): bigint | null {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) return null;
  const [, whole = "", fraction = ""] = match;
  if (whole.length > digits || fraction.length > places) return null;
  return BigInt(whole + fraction.padEnd(places, "0"));
}

function roundHalfUp(numerator: bigint, denominator: bigint): bigint {
  return (2n * numerator + denominator) / (2n * denominator);
}
