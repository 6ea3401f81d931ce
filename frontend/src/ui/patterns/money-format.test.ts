import { afterEach, describe, expect, it } from "vitest";
import { DEFAULT_FORMATS, writeAs, type NumberFormat } from "./formats";
import { formatMoney, moneyInput, parseMoney } from "./money-format";

afterEach(() => writeAs(DEFAULT_FORMATS));

const plain = (text: string) => text.replaceAll(/\s/g, " ");

describe("formatMoney", () => {
  it("rounds to whole units where only the size matters", () => {
    expect(plain(formatMoney({ amount: 23_907_998, currency: "ZAR" }, { isRound: true }))).toBe("R 239,080");
  });
});

describe("parseMoney", () => {
  it.each([
    ["1250", 125_000],
    ["1250.5", 125_050],
    ["R 1,250.00", 125_000],
    ["1 250,00", 125_000],
    ["7 657.97", 765_797],
    ["zar 1’250", 125_000],
    ["-R1\u00A0250", -125_000],
  ])("reads %s", (text, amount) => {
    expect(parseMoney(text, "ZAR")).toBe(amount);
  });

  it.each(["$5", "US$ 5", "usd 5"])("reads %s as dollars", (text) => {
    expect(parseMoney(text, "USD")).toBe(500);
  });

  it.each<[NumberFormat, string, number | null]>([
    ["COMMA_POINT", "10.005", null],
    ["COMMA_POINT", "1.234", null],
    ["COMMA_POINT", "10,005", 1_000_500],
    ["COMMA_POINT", "1,234.567", null],
    ["COMMA_POINT", "0,005", null],
    ["POINT_COMMA", "10,005", null],
    ["POINT_COMMA", "10.005", 1_000_500],
    ["SPACE_COMMA", "10.005", null],
    ["SPACE_COMMA", "10,005", null],
    ["SPACE_COMMA", "10 005", 1_000_500],
    ["APOSTROPHE_POINT", "10.005", null],
    ["APOSTROPHE_POINT", "10’005", 1_000_500],
    // Two of the same sign can only stand between thousands, whoever writes them.
    ["COMMA_POINT", "1.234.567", 123_456_700],
  ])("in %s takes three digits for thousands only behind its own sign: %s", (numbers, text, amount) => {
    writeAs({ numbers });
    expect(parseMoney(text, "ZAR")).toBe(amount);
  });

  it.each(["", "abc", "1.2345", "1..2", "1e5", "5k", "24 000,5x", "€ 5", "R5R"])("refuses %j", (text) => {
    expect(parseMoney(text, "ZAR")).toBeNull();
  });

  it.each([
    ["1.234", 1_234],
    ["1,234", 1_234_000],
    ["1,234.5", 1_234_500],
    ["1.234.567", 1_234_567_000],
  ])("reads %s where the currency has three", (text, amount) => {
    expect(parseMoney(text, "KWD")).toBe(amount);
  });

  it.each(["ZAR", "JPY", "KWD", "COP"])("gives back what it was given in %s", (currency) => {
    expect(parseMoney(moneyInput(765_797, currency), currency)).toBe(765_797);
  });
});
