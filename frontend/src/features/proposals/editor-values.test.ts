import { afterEach, describe, expect, it, vi } from "vitest";
import type { ProposalOut } from "@/api/generated";
import { businessOf } from "@/testing/samples";
import { bodyOf, draftLine, editOf, editorSchema, freshValues, newLine, valuesOf, type LineValues } from "./editor-values";

const CAPE_TOWN = businessOf();
const LOS_ANGELES = { ...CAPE_TOWN, timezone: "America/Los_Angeles" };

function draft(currency: string, amount: number, validUntil: string | null = null): ProposalOut {
  const money = { amount, currency };
  return {
    title: "Lead capture",
    summary: "",
    terms: "",
    tax_inclusive: false,
    valid_until: validUntil,
    total: money,
    line_items: [{ description: "Workshop", quantity: "1", unit_price: money, tax_rate: "15.00", optional: false, amount: money, net: money, tax: money }],
  } as unknown as ProposalOut;
}

const saved = (proposal: ProposalOut) => editOf(valuesOf(proposal, CAPE_TOWN), proposal, CAPE_TOWN);

afterEach(() => vi.unstubAllEnvs());

describe("a draft that is opened and saved", () => {
  it.each([
    ["ZAR", 125_050],
    ["USD", 120_000],
    ["JPY", 1_200],
    ["KWD", 12_345],
    // Browsers give pesos no cents; ISO 4217, and our server, do.
    ["COP", 120_050],
  ])("keeps its price in %s", (currency, amount) => {
    expect(saved(draft(currency, amount)).line_items?.[0]?.unit_price).toEqual({ amount, currency });
  });

  it("keeps the day until which it holds, wherever it is read", () => {
    vi.stubEnv("TZ", "Africa/Johannesburg");
    // The last second of 5 December in Los Angeles; in Johannesburg it is the 6th.
    expect(valuesOf(draft("USD", 1, "2026-12-06T07:59:59Z"), LOS_ANGELES).valid_until).toBe("2026-12-05");
  });

  it("keeps an end that is not the day's, unless another day is chosen", () => {
    const proposal = draft("USD", 1, "2026-12-05T12:07:00Z");
    const values = valuesOf(proposal, CAPE_TOWN);
    expect(editOf(values, proposal, CAPE_TOWN)).not.toHaveProperty("valid_until");
    expect(editOf({ ...values, valid_until: "2026-12-06" }, proposal, CAPE_TOWN).valid_until).toBe("2026-12-06");
  });

  it("gets the day that it shows when it had none", () => {
    const values = valuesOf(draft("USD", 1), CAPE_TOWN);
    expect(editOf(values, draft("USD", 1), CAPE_TOWN).valid_until).toBe(values.valid_until);
  });
});

it("sends the day that was chosen, and leaves to the server when it ends", () => {
  vi.stubEnv("TZ", "America/New_York");
  const body = bodyOf({ ...freshValues("Leads", CAPE_TOWN), valid_until: "2026-12-05" }, "ZAR");
  expect(body.valid_until).toBe("2026-12-05");
});

it("offers thirty days from the business's today", () => {
  vi.stubEnv("TZ", "America/New_York");
  // In New York it is still the 21st.
  vi.setSystemTime("2026-11-21T23:30:00Z");
  expect(freshValues("Leads", CAPE_TOWN).valid_until).toBe("2026-12-22");
  vi.useRealTimers();
});

it("takes no cents where a currency has none", () => {
  const values = valuesOf(draft("JPY", 1_200), CAPE_TOWN);
  const line = { ...values.line_items[0], unit_price: "1200.50" };
  const isTaken = (currency: string) => editorSchema(currency).safeParse({ ...values, line_items: [line] }).success;
  expect([isTaken("JPY"), isTaken("USD")]).toEqual([false, true]);
});

describe("what is typed in a line", () => {
  const lineOf = (changes: Partial<LineValues>) => ({ ...newLine("15.00"), description: "Workshop", unit_price: "1", ...changes });
  const typed = (changes: Partial<LineValues>) => ({ ...freshValues("Leads", CAPE_TOWN), line_items: [lineOf(changes)] });
  const complaints = (changes: Partial<LineValues>) => editorSchema("ZAR").safeParse(typed(changes)).error?.issues.map(({ message }) => message);

  it("is refused where a price has a third decimal, and never taken times a thousand", () => {
    expect(complaints({ unit_price: "10.005" })).toEqual(["Use up to 2 decimals."]);
    expect(draftLine(lineOf({ unit_price: "10.005" }), "ZAR").unitPrice).toBe(0);
  });

  it("takes a comma before decimals and spaces around, as people type", () => {
    expect(draftLine(lineOf({ quantity: " 1,5 ", tax_rate: "15,00" }), "ZAR")).toMatchObject({ quantity: "1.5", taxRate: "15.00" });
  });

  it("means the same in a quantity and in a price", () => {
    const line = { quantity: "1,000", unit_price: "1,000" };
    expect(bodyOf(typed(line), "ZAR").line_items[0]).toMatchObject({ quantity: "1000", unit_price: { amount: 100_000 } });
    expect(draftLine(lineOf(line), "ZAR")).toMatchObject({ quantity: "1000", unitPrice: 100_000 });
    expect(bodyOf(typed({ quantity: "1.234" }), "ZAR").line_items[0]).toMatchObject({ quantity: "1.234" });
  });

  it.each([
    ["1.23456", "Use up to 4 decimals."],
    ["12345678", "Use up to 7 digits before the point."],
    ["12,345,678", "Use up to 7 digits before the point."],
    ["0", "Enter more than 0, such as 1.5."],
    ["-1", "Enter more than 0, such as 1.5."],
  ])("says what is wrong with a quantity of %s", (quantity, words) => {
    expect(complaints({ quantity })).toEqual([words]);
  });
});
