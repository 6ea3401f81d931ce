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

  it("gives back what it was given", () => {
    expect(parseMoney(moneyInput(765_797, "ZAR"), "ZAR")).toBe(765_797);
  });
});
