import { describe, expect, it } from "vitest";
import { formatMoney, moneyInput, parseMoney } from "./money-format";

const plain = (text: string) => text.replaceAll(/\s/g, " ");

describe("formatMoney", () => {
  it("writes minor units as the reader's locale does", () => {
    expect(plain(formatMoney({ amount: 9_600_000, currency: "ZAR" }, { locale: "en-US" }))).toBe("R 96,000.00");
    expect(plain(formatMoney({ amount: 9_600_050, currency: "EUR" }, { locale: "de-DE" }))).toBe("96.000,50 €");
  });

  it("knows currencies without minor units", () => {
    expect(plain(formatMoney({ amount: 1250, currency: "JPY" }, { locale: "en-US" }))).toBe("¥1,250");
  });

  it("gives each currency the minor units of ISO 4217, whatever the browser's custom is", () => {
    expect(plain(formatMoney({ amount: 120_050, currency: "COP" }, { locale: "en-US" }))).toBe("$1,200.50");
    expect(plain(formatMoney({ amount: 1_234_500, currency: "IQD" }, { locale: "en-US" }))).toBe("IQD 1,234.500");
  });

  it("rounds to whole units where only the size matters", () => {
    expect(plain(formatMoney({ amount: 23_907_998, currency: "ZAR" }, { locale: "en-US", isRound: true }))).toBe("R 239,080");
  });
});

describe("parseMoney", () => {
  it.each([
    ["1250", 125_000],
    ["1250.5", 125_050],
    ["R 1,250.00", 125_000],
    ["1 250,00", 125_000],
    ["7 657.97", 765_797],
  ])("reads %s", (text, amount) => {
    expect(parseMoney(text, "ZAR")).toBe(amount);
  });

  it("takes three digits after a point for thousands: the currency has two", () => {
    expect(parseMoney("1.234", "ZAR")).toBe(123_400);
  });

  it.each(["", "abc", "1.2345", "1..2"])("refuses %j", (text) => {
    expect(parseMoney(text, "ZAR")).toBeNull();
  });

  it.each([
    ["1.234", 1_234],
    ["1,234.5", 1_234_500],
    ["1.234.567", 1_234_567_000],
  ])("reads %s where the currency has three", (text, amount) => {
    expect(parseMoney(text, "KWD")).toBe(amount);
  });

  it.each(["ZAR", "JPY", "KWD", "COP"])("gives back what it was given in %s", (currency) => {
    expect(parseMoney(moneyInput(765_797, currency), currency)).toBe(765_797);
  });
});
