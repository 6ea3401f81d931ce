import { readFileSync } from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { formatDay } from "./day-format";
import { DEFAULT_FORMATS, decimalInput, formatDecimal, formatRate, plainDecimal, writeAs, type DateFormat, type NumberFormat } from "./formats";
import { currencySign, formatMoney, moneyInput, parseMoney } from "./money-format";
import { formatDate, formatExact } from "./relative-time-format";

interface Cases {
  signs: Record<string, string>;
  money: { number: NumberFormat; home: string; amount: number; currency: string; written: string }[];
  quantities: { number: NumberFormat; quantity: string; written: string }[];
  rates: { number: NumberFormat; rate: string; written: string }[];
  days: { date: DateFormat; day: string; written: string; short: string }[];
  moments: { date: DateFormat; timezone: string; at: string; written: string }[];
}

// What the server writes: pages, mails and documents say the same.
const FILE = path.resolve(import.meta.dirname, "../../../../backend/tests/core/formats/vectors.json");
const cases = JSON.parse(readFileSync(FILE, "utf8")) as Cases;

const FORMATS: NumberFormat[] = ["COMMA_POINT", "POINT_COMMA", "SPACE_COMMA", "SPACE_POINT", "APOSTROPHE_POINT"];

afterEach(() => writeAs(DEFAULT_FORMATS));

describe("as the server does", () => {
  it("gives each currency its sign", () => {
    expect(Object.fromEntries(Object.keys(cases.signs).map((currency) => [currency, currencySign(currency)]))).toEqual(cases.signs);
  });

  it.each(cases.money)("writes $amount $currency in $number at $home", ({ number, home, amount, currency, written }) => {
    writeAs({ numbers: number, currency: home });
    expect(formatMoney({ amount, currency })).toBe(written);
  });

  it.each(cases.quantities)("writes the quantity $quantity in $number", ({ number, quantity, written }) => {
    writeAs({ numbers: number });
    expect(formatDecimal(quantity)).toBe(written);
  });

  it.each(cases.rates)("writes the rate $rate in $number", ({ number, rate, written }) => {
    writeAs({ numbers: number });
    expect(formatRate(rate)).toBe(written);
  });

  it.each(cases.days)("writes the day $day as $date", ({ date, day, written, short }) => {
    writeAs({ dates: date });
    expect([formatDay(day), formatDay(day, { isShort: true })]).toEqual([written, short]);
  });

  it.each(cases.moments)("tells $at in $timezone on the same day and minute", ({ date, timezone, at, written }) => {
    writeAs({ dates: date, timezone });
    const minute = written.replace(/ \(.*/, "");
    expect(formatExact(new Date(at)).startsWith(`${minute}:00`)).toBe(true);
  });
});

it.each(FORMATS)("reads what it writes in %s", (numbers) => {
  writeAs({ numbers });
  for (const currency of ["ZAR", "JPY", "KWD", "EUR"]) {
    for (const amount of [0, 5, 765_797, 123_456_789, -20_050]) {
      expect(parseMoney(formatMoney({ amount, currency }), currency)).toBe(amount);
      expect(parseMoney(moneyInput(amount, currency), currency)).toBe(amount);
    }
  }
});

describe.each(FORMATS)("a number in a field, in %s", (numbers) => {
  // Every number of digits before the sign and after it, and figures that repeat, begin with nothing and end with nothing.
  const written = ["0", "7", "10", "250", "1000", "10005", "1234567"].flatMap((whole) => ["", "5", "05", "005", "2505"].map((fraction) => (fraction ? `${whole}.${fraction}` : whole)));

  it.each(written)("is read as it is written: %s", (number) => {
    writeAs({ numbers });
    expect(plainDecimal(decimalInput(number))).toBe(number);
    expect(plainDecimal(formatDecimal(number))).toBe(number);
  });

  it.each(written)("is an amount only with the decimals that the currency has: %s", (number) => {
    writeAs({ numbers });
    const [whole = "", fraction = ""] = number.split(".");
    for (const [currency, digits] of [["JPY", 0], ["ZAR", 2], ["KWD", 3]] as const) {
      const amount = fraction.length > digits ? null : Number(whole + fraction.padEnd(digits, "0"));
      expect(parseMoney(decimalInput(number), currency)).toBe(amount);
      expect(parseMoney(formatDecimal(number), currency)).toBe(amount);
    }
  });
});

it("reads what is no number as it was typed", () => {
  expect(["", "abc", "1,5,5", "-1", "1.", ".5", "1e3"].map(plainDecimal)).toEqual(["", "abc", "1,5,5", "-1", "1.", ".5", "1e3"]);
});

it("tells the day where the reader is", () => {
  writeAs({ timezone: "Pacific/Auckland" });
  expect(formatDate(new Date("2026-11-21T12:00:00Z"))).toBe("22 Nov 2026");
  writeAs({ timezone: "America/New_York" });
  expect(formatDate(new Date("2026-11-22T03:00:00Z"))).toBe("21 Nov 2026");
});

describe("a decimal in a field", () => {
  it("has the sign that the reader would type, no needless zeros and no groups", () => {
    expect(["21.00", "7.50", "1200", "1200.25", "0.00"].map(decimalInput)).toEqual(["21", "7.5", "1200", "1200.25", "0"]);
    writeAs({ numbers: "POINT_COMMA" });
    expect(["21.00", "7.50", "1200.25"].map(decimalInput)).toEqual(["21", "7,5", "1200,25"]);
  });
});
