/** How groups of thousands and decimals are parted; named for the two signs. */
export type NumberFormat = "COMMA_POINT" | "POINT_COMMA" | "SPACE_COMMA" | "SPACE_POINT" | "APOSTROPHE_POINT";

/** In which order a date is written. */
export type DateFormat = "DAY_MONTH_YEAR" | "MONTH_DAY_YEAR" | "DAY_MONTH_YEAR_DASHES" | "DAY_MONTH_YEAR_SLASHES" | "DAY_MONTH_YEAR_POINTS" | "YEAR_MONTH_DAY";

/** How this installation writes amounts, figures and dates: as its mails and documents do (`core/formats.py`). */
export interface Formats {
  numbers: NumberFormat;
  dates: DateFormat;
  /** The business's own currency: its sign needs no country. */
  currency: string;
  /** Where the reader is; the browser's zone where they did not say. */
  timezone: string | undefined;
}

export const DEFAULT_FORMATS: Formats = { numbers: "COMMA_POINT", dates: "DAY_MONTH_YEAR", currency: "ZAR", timezone: undefined };

// One for the page, as its language is: texts are written outside of components, too.
let chosen = DEFAULT_FORMATS;

/** Gives how everything is written now. */
export function formats(): Formats {
  return chosen;
}

/** Writes from now on as the installation and the reader chose; what is on the page follows when it is drawn again. */
export function writeAs(changes: Partial<Formats>): void {
  chosen = { ...chosen, ...changes };
}

const NBSP = "\u00A0";
const SIGNS: Record<NumberFormat, { groups: string; decimals: string }> = {
  COMMA_POINT: { groups: ",", decimals: "." },
  POINT_COMMA: { groups: ".", decimals: "," },
  SPACE_COMMA: { groups: NBSP, decimals: "," },
  SPACE_POINT: { groups: NBSP, decimals: "." },
  APOSTROPHE_POINT: { groups: "’", decimals: "." },
};

/** Gives the sign before decimals. */
export function decimalSign(): string {
  return SIGNS[chosen.numbers].decimals;
}

/** Writes a whole number of parts of ten (1234 with two digits is 12.34); exact, since no fraction is ever computed. */
export function formatParts(parts: number, digits: number): string {
  const { groups, decimals } = SIGNS[chosen.numbers];
  const figures = String(Math.abs(parts)).padStart(digits + 1, "0");
  const whole = digits > 0 ? figures.slice(0, -digits) : figures;
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, groups);
  return digits > 0 ? `${grouped}${decimals}${figures.slice(-digits)}` : grouped;
}

/** Writes a decimal as the server sends it ("1200.50"), without needless zeros: "1,200.5". */
export function formatDecimal(text: string): string {
  const [whole = "0", fraction = ""] = text.split(".");
  const figures = fraction.replace(/0+$/, "");
  return formatParts(Number(whole), 0) + (figures && decimalSign() + figures);
}

/** The digits of a number before and after its decimal sign. */
export interface Digits {
  whole: string;
  fraction: string;
}

/**
 * Reads a number as a person types it: "1 250,5", "1,250.50", "1250". The last sign stands before decimals, unless it is the
 * installation's sign between thousands and stands as one, or comes twice; so "10.005" is never taken for ten thousand where a point
 * stands before decimals. Null when it is no number.
 */
export function readDigits(text: string): Digits | null {
  const plain = text.replaceAll(/[\s'’]/g, "");
  const [, sign, more] = /^[1-9]\d{0,2}([.,])\d{3}((?:\1\d{3})*)$/.exec(plain) ?? [];
  if (sign && (more || sign === SIGNS[chosen.numbers].groups)) return { whole: withoutSigns(plain), fraction: "" };
  const [, whole, fraction = ""] = /^(\d+|[1-9]\d{0,2}(?:,\d{3})+(?=\.)|[1-9]\d{0,2}(?:\.\d{3})+(?=,))(?:[.,](\d+))?$/.exec(plain) ?? [];
  return whole === undefined ? null : { whole: withoutSigns(whole), fraction };
}

function withoutSigns(figures: string): string {
  return figures.replaceAll(/[.,]/g, "");
}

/** Gives a number that a person typed as the server reads it ("1250.5"); what is none, as it was typed. */
export function plainDecimal(text: string): string {
  const digits = readDigits(text);
  if (!digits) return text;
  return digits.fraction ? `${digits.whole}.${digits.fraction}` : digits.whole;
}

/** Writes a decimal into a field, to be typed over: "1200.50" is "1200.5", or "1200,5" where a comma is the decimal sign. */
export function decimalInput(text: string): string {
  const [whole = "", fraction = ""] = text.split(".");
  const figures = fraction.replace(/0+$/, "");
  return figures ? whole + decimalSign() + figures : whole;
}

/** Writes a rate of per cent: "15%", "7.5%". */
export function formatRate(rate: string): string {
  return `${formatDecimal(rate)}%`;
}
