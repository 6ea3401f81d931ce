import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { addUp, priceLine, type DraftLine } from "./pricing";

interface Line {
  quantity: string;
  unit_price: number;
  tax_rate: string;
  optional: boolean;
  amount: number;
  net: number;
  tax: number;
}

interface Case {
  name: string;
  tax_inclusive: boolean;
  lines: Line[];
  subtotal: number;
  tax: number;
  total: number;
}

interface Vectors {
  quantities: { taken: string[]; refused: string[] };
  tax_rates: { taken: string[]; refused: string[] };
  cases: Case[];
}

const FILE = path.resolve(import.meta.dirname, "../../../../backend/tests/core/line_items/vectors.json");
const vectors = JSON.parse(readFileSync(FILE, "utf8")) as Vectors;

const line = (quantity: string, unitPrice: number, taxRate = "15.00", isOptional = false): DraftLine => ({ quantity, unitPrice, taxRate, isOptional });
const draftOf = (written: Line): DraftLine => line(written.quantity, written.unit_price, written.tax_rate, written.optional);

describe("the cases that the server is held to", () => {
  it.each(vectors.cases)("$name", ({ lines, tax_inclusive: isInclusive, subtotal, tax, total }) => {
    expect(lines.map((written) => priceLine(draftOf(written), isInclusive))).toEqual(
      lines.map(({ amount, net, tax: lineTax }) => ({ amount, net, tax: lineTax })),
    );
    expect(addUp(lines.map(draftOf), isInclusive)).toEqual({ subtotal, tax, total });
  });

  it.each(vectors.quantities.taken)("takes the quantity '%s'", (quantity) => {
    expect(priceLine(line(quantity, 100), false)).not.toBeNull();
  });

  it.each(vectors.quantities.refused)("gives nothing for the quantity '%s'", (quantity) => {
    expect(priceLine(line(quantity, 100), false)).toBeNull();
  });

  it.each(vectors.tax_rates.taken)("takes the rate '%s'", (rate) => {
    expect(priceLine(line("1", 100, rate), false)).not.toBeNull();
  });

  it.each(vectors.tax_rates.refused)("gives nothing for the rate '%s'", (rate) => {
    expect(priceLine(line("1", 100, rate), false)).toBeNull();
  });
});

it("leaves lines out that are not numbers yet", () => {
  expect(addUp([line("1", 10), line("", 100)], false)).toEqual({ subtotal: 10, tax: 2, total: 12 });
});
