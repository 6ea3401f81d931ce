import { describe, expect, it } from "vitest";
import { addUp, priceLine, type DraftLine } from "./pricing";

const line = (quantity: string, unitPrice: number, taxRate = "15.00", isOptional = false): DraftLine => ({ quantity, unitPrice, taxRate, isOptional });

describe("priceLine", () => {
  it("adds tax on top of the price", () => {
    expect(priceLine(line("6", 765_797), false)).toEqual({ net: 4_594_782, tax: 689_217, amount: 4_594_782 });
  });

  it("finds the tax inside the price", () => {
    expect(priceLine(line("1", 11_500), true)).toEqual({ net: 10_000, tax: 1_500, amount: 11_500 });
  });

  it("rounds halves up, of the price and of the tax", () => {
    expect(priceLine(line("0.5", 1), false)?.net).toBe(1);
    expect(priceLine(line("1", 10), false)?.tax).toBe(2);
  });

  it("stays exact where floating point does not", () => {
    expect(priceLine(line("0.1", 9_007_199_254_740_990), false)?.net).toBe(900_719_925_474_099);
  });

  it("gives nothing for what is no number yet", () => {
    expect(priceLine(line("", 100), false)).toBeNull();
    expect(priceLine(line("1.23456", 100), false)).toBeNull();
  });
});

it("adds rounded lines and leaves optional ones out", () => {
  expect(addUp([line("1", 10), line("1", 10), line("1", 99_999, "15.00", true)], false)).toEqual({ subtotal: 20, tax: 4, total: 24 });
});
